// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.SecretScope;
import java.util.Optional;

/** Reads texts that may name secrets, of one customer's site. */
record SecretFields(SecretScope scope) {

  private static final String BEGIN_CERTIFICATE = "-----BEGIN CERTIFICATE-----";

  /** What may be written out. */
  Optional<Secret> text(Fields fields, String name, int lengthMax) {
    Optional<Secret> secret = fields.secret(name, lengthMax);
    Optional<String> refusal = secret.flatMap(scope::refusal);
    refusal.ifPresent(reason -> fields.refuse(name, reason));
    return refusal.isPresent() ? Optional.empty() : secret;
  }

  /** What must not be written out: sites are stored, shown and exported. */
  Optional<Secret> reference(Fields fields, String name, int lengthMax) {
    Optional<Secret> secret = text(fields, name, lengthMax);
    if (secret.isPresent() && !secret.get().named()) {
      fields.refuse(name, "is a secret and is not written here: write ${env:NAME} or ${file:path}");
      return Optional.empty();
    }
    return secret;
  }

  /** Certificates, which are no secret: as PEM, or where that is. */
  Optional<Secret> certificates(Fields fields, String name, int lengthMax) {
    Optional<Secret> secret = text(fields, name, lengthMax);
    if (secret.isPresent()
        && !secret.get().named()
        && !secret.get().reference().contains(BEGIN_CERTIFICATE)) {
      fields.refuse(
          name, "is neither ${file:path} nor the text of a PEM file, " + BEGIN_CERTIFICATE + "…");
      return Optional.empty();
    }
    return secret;
  }
}
