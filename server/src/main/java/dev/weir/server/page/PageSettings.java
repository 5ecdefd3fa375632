// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.page;

import java.util.List;

/**
 * What the page tells of the server beside its counts.
 *
 * @param doors in the order of the page
 * @param tls whether addresses begin with https
 * @param password whether senders need a user and a password
 * @param certificate whether senders need a client certificate
 * @param prometheus whether the prometheus door is open
 * @param telemetryPath where metrics are
 */
public record PageSettings(
    List<OpenDoor> doors,
    boolean tls,
    boolean password,
    boolean certificate,
    boolean prometheus,
    String telemetryPath) {

  public PageSettings {
    doors = List.copyOf(doors);
  }
}
