// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** A certificate in a few words. */
final class CertificateText {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

  /** The value of a common name in the form of RFC 2253, where commas are escaped. */
  private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:[^,\\\\]|\\\\.)*)");

  private CertificateText() {}

  static String of(X509Certificate certificate) {
    return "certificate of %s by %s, until %s"
        .formatted(
            name(certificate.getSubjectX500Principal()),
            name(certificate.getIssuerX500Principal()),
            DAY.format(certificate.getNotAfter().toInstant()));
  }

  private static String name(X500Principal principal) {
    String all = principal.getName(X500Principal.RFC2253);
    Matcher commonName = COMMON_NAME.matcher(all);
    String name = commonName.find() ? commonName.group(1) : all;
    return name.replaceAll("\\p{Cntrl}", " ");
  }
}
