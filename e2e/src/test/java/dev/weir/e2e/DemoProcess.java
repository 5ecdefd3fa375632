// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import java.nio.file.Path;
import java.util.List;

/** A running {@code weir demo}, with data of its own. */
final class DemoProcess implements AutoCloseable {

  private final Path folder;
  private final Web web = new Web(RealProcess.freePort());
  private RealProcess process;

  private DemoProcess(Path folder) {
    this.folder = folder;
    this.process = launch();
  }

  static DemoProcess start(Path folder) {
    DemoProcess demo = new DemoProcess(folder);
    demo.await();
    return demo;
  }

  Web web() {
    return web;
  }

  String output() {
    return process.output();
  }

  void kill() {
    process.kill();
  }

  void restart() {
    process = launch();
    await();
  }

  private RealProcess launch() {
    return RealProcess.start(
        "weir-demo",
        folder.resolve("demo.log"),
        WeirProcess.command(
            List.of(
                "demo",
                "--data-dir=" + folder.resolve("data"),
                "--web.listen-address=" + web.address())));
  }

  private void await() {
    WeirProcess.awaitReady(process, web, List.of(), "Weir is ready");
  }

  @Override
  public void close() {
    process.close();
  }
}
