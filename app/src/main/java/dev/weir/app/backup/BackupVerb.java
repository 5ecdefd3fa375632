// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.backup;

import dev.weir.app.cli.Terminal;
import dev.weir.app.cli.Verb;
import dev.weir.app.settings.Arguments;
import dev.weir.app.settings.Flag;
import dev.weir.app.settings.ServeFlags;
import dev.weir.app.settings.Settings;
import dev.weir.app.settings.UsageException;
import dev.weir.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code weir backup DIR}. */
public final class BackupVerb implements Verb {

  private static final Flag<Boolean> JSON = Flag.ofBoolean("json", "Print the result as JSON.");

  private final Function<Path, StoreCopier> closedStore;

  /**
   * Makes the verb.
   *
   * @param closedStore copies the data folder of a Weir that is not running
   */
  public BackupVerb(Function<Path, StoreCopier> closedStore) {
    this.closedStore = closedStore;
  }

  @Override
  public String name() {
    return "backup";
  }

  @Override
  public String operands() {
    return "DIR";
  }

  @Override
  public String summary() {
    return "Copies the store, running or not, into a new or empty folder.";
  }

  @Override
  public List<Flag<?>> flags() {
    return List.of(ServeFlags.CONFIG_FILE, ServeFlags.DATA_DIR, JSON);
  }

  @Override
  public int run(Arguments arguments, Settings settings, Terminal terminal) {
    Path dataDir = absolute(terminal, settings.value(ServeFlags.DATA_DIR));
    Path target = absolute(terminal, Path.of(arguments.operands().getFirst()));
    if (!Files.isDirectory(dataDir)) {
      throw settings.fault(ServeFlags.DATA_DIR, "there is no data folder " + dataDir);
    }
    if (target.startsWith(dataDir)) {
      throw new UsageException(target + " lies in the data folder; name a folder outside it");
    }
    long startNanos = System.nanoTime();
    StoreCopier.Copied copied;
    try {
      copied = copy(dataDir, target, new ProgressLines(terminal.error()));
    } catch (StoreException | BackupFolder.UnfitException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UsageException("backup failed: " + e.getMessage());
    }
    double seconds = (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    terminal.out().println(result(settings.value(JSON), target, copied, seconds));
    return 0;
  }

  private StoreCopier.Copied copy(Path dataDir, Path target, ProgressLines progress)
      throws IOException, BackupFolder.UnfitException {
    SocketChannel running = connect(dataDir);
    if (running != null) {
      try (running) {
        return ask(running, target, progress);
      }
    }
    BackupFolder.prepare(target);
    return closedStore.apply(dataDir).copyTo(target, progress);
  }

  /**
   * The running Weir, or null where none answers; a socket may be left from one that was killed.
   */
  private static @Nullable SocketChannel connect(Path dataDir) throws IOException {
    if (!Files.exists(BackupAddress.file(dataDir))) {
      return null;
    }
    try {
      return SocketChannel.open(BackupAddress.of(dataDir));
    } catch (SocketException _) {
      return null;
    }
  }

  private static StoreCopier.Copied ask(SocketChannel channel, Path target, ProgressLines progress)
      throws IOException {
    ByteBuffer request = StandardCharsets.UTF_8.encode("backup " + target + "\n");
    while (request.hasRemaining()) {
      channel.write(request);
    }
    BufferedReader answers =
        new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "progress" -> progress.copied(Long.parseLong(words[1]), Long.parseLong(words[2]));
        case "done" -> {
          return new StoreCopier.Copied(Long.parseLong(words[1]), Long.parseLong(words[2]));
        }
        case "error" -> throw new UsageException(line.substring("error ".length()));
        default -> throw new IOException("the running Weir said \"" + line + "\"");
      }
    }
    throw new IOException(
        "the running Weir stopped before the copy was whole; " + target + " is not a backup");
  }

  private static String result(
      boolean json, Path target, StoreCopier.Copied copied, double seconds) {
    if (json) {
      return String.format(
          Locale.ROOT,
          "{\"directory\":\"%s\",\"files\":%d,\"bytes\":%d,\"seconds\":%.3f}",
          target.toString().replace("\\", "\\\\").replace("\"", "\\\""),
          copied.files(),
          copied.bytes(),
          seconds);
    }
    return String.format(
        Locale.ROOT,
        "copied %d files, %d bytes to %s in %.2f s",
        copied.files(),
        copied.bytes(),
        target,
        seconds);
  }

  private static Path absolute(Terminal terminal, Path path) {
    return terminal.folder().resolve(path).toAbsolutePath().normalize();
  }
}
