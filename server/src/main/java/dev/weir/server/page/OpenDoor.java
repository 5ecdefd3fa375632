// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.page;

/**
 * A row of the page.
 *
 * @param what for people
 * @param method of HTTP
 * @param path at this server
 * @param credentials what it asks for, in a few words
 */
public record OpenDoor(String what, String method, String path, String credentials) {}
