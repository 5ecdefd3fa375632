// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import java.util.List;
import java.util.Optional;

/**
 * Which secrets a customer's sites may name, so that no customer reads those of another or of the
 * host: environment variables that begin with the customer's prefix, and files in the folder of the
 * customer's name below the folder of secrets. What the operator writes for the default customer
 * may name any.
 *
 * <p>The prefix is {@code WEIR_SECRET_<customer>__}. Characters of the customer that no variable
 * may hold, and {@code _}, are written as {@code _} and two hexadecimal digits: so no prefix begins
 * another's.
 *
 * @param ofOperator whether the operator writes, or somebody who may change the customer's sites
 */
public record SecretScope(String customer, boolean ofOperator) {

  private static final String PREFIX = "WEIR_SECRET_";

  /** Of what the operator writes. */
  public SecretScope(String customer) {
    this(customer, true);
  }

  /** What every variable of the customer begins with. */
  public String environmentPrefix() {
    StringBuilder prefix = new StringBuilder(PREFIX);
    for (char each : customer.toCharArray()) {
      if (each == '.' || each == '-' || each == '_') {
        prefix.append("_%02X".formatted((int) each));
      } else {
        prefix.append(each);
      }
    }
    return prefix.append("__").toString();
  }

  /** Why the customer may not name what this text names; empty where it may. */
  public Optional<String> refusal(Secret secret) {
    if (ofOperator && customer.equals(SiteKey.DEFAULT_CUSTOMER)) {
      return Optional.empty();
    }
    for (Secret.Part part : secret.parts()) {
      switch (part) {
        case Secret.Part.Literal ignored -> {}
        case Secret.Part.Environment environment -> {
          if (!environment.name().startsWith(environmentPrefix())) {
            return Optional.of(
                "customer %s may name variables that begin with %s, not %s"
                    .formatted(customer, environmentPrefix(), environment.name()));
          }
        }
        case Secret.Part.File file -> {
          if (!isInFolder(file.path())) {
            return Optional.of(
                "customer %s may name files as ${file:%s/NAME}, below the folder of secrets"
                    .formatted(customer, customer));
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean isInFolder(String path) {
    List<String> names = List.of(path.split("/", -1));
    return names.size() > 1
        && names.getFirst().equals(customer)
        && names.stream().allMatch(name -> name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*"));
  }
}
