// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import java.util.Optional;

/** What is asked of a client's certificate, in the words of the web config file. */
enum ClientAuth {
  NONE(false, false, false, "NoClientCert"),
  REQUEST(true, false, false, "RequestClientCert"),
  REQUIRE_ANY(true, true, false, "RequireAnyClientCert"),
  VERIFY_IF_GIVEN(true, false, true, "VerifyClientCertIfGiven"),
  REQUIRE_AND_VERIFY(true, true, true, "RequireAndVerifyClientCert");

  final boolean asked;
  final boolean required;
  final boolean verified;
  final String configName;

  ClientAuth(boolean asked, boolean required, boolean verified, String configName) {
    this.asked = asked;
    this.required = required;
    this.verified = verified;
    this.configName = configName;
  }

  static Optional<ClientAuth> named(String name) {
    if (name.isEmpty()) {
      return Optional.of(NONE);
    }
    if (name.equals("RequireClientCert")) {
      return Optional.of(REQUIRE_ANY);
    }
    for (ClientAuth one : values()) {
      if (one.configName.equals(name)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
