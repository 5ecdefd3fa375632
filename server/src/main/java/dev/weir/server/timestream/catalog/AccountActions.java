// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.catalog;

import dev.weir.server.timestream.wire.Action;
import dev.weir.server.timestream.wire.Constraints;
import dev.weir.server.timestream.wire.JsonObject;
import dev.weir.server.timestream.wire.JsonOut;
import dev.weir.server.timestream.wire.Operation;
import dev.weir.server.timestream.wire.WireCall;
import dev.weir.server.timestream.wire.WireException;
import dev.weir.store.administration.AccountSettings;
import dev.weir.store.administration.AccountSettings.PricingModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The account's settings and the endpoint under which it is found. Thread-safe. */
public final class AccountActions {

  /** How long a client may keep the address: a day. */
  private static final int CACHE_MINUTES = 1_440;

  private static final List<String> PRICING_MODELS =
      Arrays.stream(PricingModel.values()).map(Enum::name).toList();
  private static final List<String> COMPUTE_MODES = List.of("ON_DEMAND", "PROVISIONED");

  private final AccountSettings.Keeper keeper;

  public AccountActions(AccountSettings.Keeper keeper) {
    this.keeper = keeper;
  }

  /** What this class does. */
  public Map<Operation, Action> all() {
    return Map.of(
        Operation.DESCRIBE_ENDPOINTS, this::endpoints,
        Operation.DESCRIBE_ACCOUNT_SETTINGS, call -> settings(keeper.accountSettings()),
        Operation.UPDATE_ACCOUNT_SETTINGS, this::update);
  }

  private JsonOut endpoints(WireCall call) {
    return new JsonOut(128)
        .open()
        .name("Endpoints")
        .openArray()
        .open()
        .member("Address", call.endpoint())
        .member("CachePeriodInMinutes", CACHE_MINUTES)
        .close()
        .closeArray()
        .close();
  }

  private JsonOut update(WireCall call) {
    call.caller().mayUseAll(call.operation());
    JsonObject input = call.input();
    String model =
        Constraints.word(input.text("QueryPricingModel"), "queryPricingModel", PRICING_MODELS);
    if (model != null && PricingModel.valueOf(model) != PricingModel.COMPUTE_UNITS) {
      throw WireException.invalid("QueryPricingModel can only be changed to COMPUTE_UNITS.");
    }
    JsonObject compute = input.object("QueryCompute");
    if (compute != null) {
      String mode =
          Constraints.word(compute.text("ComputeMode"), "queryCompute.computeMode", COMPUTE_MODES);
      if ("PROVISIONED".equals(mode)) {
        throw WireException.invalid("Weir has no provisioned query capacity; use ON_DEMAND.");
      }
    }
    AccountSettings before = keeper.accountSettings();
    Long tcu = input.integer("MaxQueryTCU");
    AccountSettings changed;
    try {
      changed =
          new AccountSettings(
              tcu == null ? before.maxQueryTcu() : Math.clamp(tcu, 0, Integer.MAX_VALUE),
              model == null ? before.pricingModel() : PricingModel.valueOf(model));
    } catch (IllegalArgumentException e) {
      throw WireException.invalid(String.valueOf(e.getMessage()));
    }
    keeper.accountSettings(changed);
    return settings(changed);
  }

  private static JsonOut settings(AccountSettings settings) {
    return new JsonOut(128)
        .open()
        .member("MaxQueryTCU", settings.maxQueryTcu())
        .member("QueryPricingModel", settings.pricingModel().name())
        .name("QueryCompute")
        .open()
        .member("ComputeMode", "ON_DEMAND")
        .close()
        .close();
  }
}
