// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.backup;

import dev.weir.store.StoreException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens in the data folder for {@code weir backup}. Only the folder's owner may connect. */
public final class BackupServer implements AutoCloseable {

  /** Callers that may wait at once; each costs a thread. */
  private static final int CALLERS_MAX = 8;

  /** A path has at most 4,096 bytes on Linux. */
  private static final int LINE_CHARS_MAX = 8_192;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private static final Logger LOG = LoggerFactory.getLogger(BackupServer.class);

  private final Path file;
  private final @Nullable Path elsewhere;
  private final ServerSocketChannel channel;
  private final StoreCopier copier;
  private final Semaphore callers = new Semaphore(CALLERS_MAX);
  private final Semaphore copying = new Semaphore(1);

  private BackupServer(
      Path file, @Nullable Path elsewhere, ServerSocketChannel channel, StoreCopier copier) {
    this.file = file;
    this.elsewhere = elsewhere;
    this.channel = channel;
    this.copier = copier;
  }

  /** Opens the socket; the caller holds the folder's lock, so an old socket is a dead one. */
  public static BackupServer open(Path dataDir, StoreCopier copier) throws IOException {
    Path file = BackupAddress.file(dataDir);
    Files.deleteIfExists(file);
    // A folder of our own (mode 0700) hides the socket until its own mode is set.
    Path folder = Files.createTempDirectory(file.getParent(), "sock");
    boolean inside = BackupAddress.fits(folder.resolve(file.getFileName()));
    if (!inside) {
      Files.delete(folder);
      folder = Files.createTempDirectory("weir");
    }
    Path bound = folder.resolve(file.getFileName());
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(bound));
      Files.setPosixFilePermissions(bound, OWNER_ONLY);
      if (inside) {
        Files.move(bound, file);
        Files.delete(folder);
      } else {
        Files.createSymbolicLink(file, bound);
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      Files.deleteIfExists(bound);
      Files.deleteIfExists(folder);
      throw e;
    }
    BackupServer server = new BackupServer(file, inside ? null : bound, channel, copier);
    Thread.ofVirtual().name("backup-socket").start(server::accept);
    return server;
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(file);
      if (elsewhere != null) {
        Files.deleteIfExists(elsewhere);
        Files.deleteIfExists(elsewhere.getParent());
      }
    } catch (IOException e) {
      LOG.warn("The backup socket could not be removed", e);
    }
  }

  private void accept() {
    while (channel.isOpen()) {
      try {
        SocketChannel caller = channel.accept();
        if (callers.tryAcquire()) {
          Thread.ofVirtual().name("backup").start(() -> serve(caller));
        } else {
          caller.close();
        }
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException e) {
        LOG.warn("The backup socket stopped listening", e);
        return;
      }
    }
  }

  private void serve(SocketChannel caller) {
    try (caller;
        BufferedReader in = new BufferedReader(Channels.newReader(caller, StandardCharsets.UTF_8));
        Writer out = new BufferedWriter(Channels.newWriter(caller, StandardCharsets.UTF_8))) {
      say(out, answer(line(in), out));
    } catch (IOException e) {
      LOG.debug("A backup's caller went away", e);
    } finally {
      callers.release();
    }
  }

  private String answer(String request, Writer out) throws IOException {
    if (!request.startsWith("backup /")) {
      return "error this Weir does not understand the request; use the same version";
    }
    if (!copying.tryAcquire()) {
      return "error another backup is running; try again when it is done";
    }
    Path folder = Path.of(request.substring("backup ".length()));
    try {
      BackupFolder.prepare(folder);
      LOG.atInfo().addKeyValue("folder", folder).log("Backup begins");
      StoreCopier.Copied copied =
          copier.copyTo(folder, (bytes, total) -> say(out, "progress " + bytes + " " + total));
      LOG.atInfo()
          .addKeyValue("folder", folder)
          .addKeyValue("files", copied.files())
          .addKeyValue("bytes", copied.bytes())
          .log("Backup is done");
      return "done " + copied.files() + " " + copied.bytes();
    } catch (BackupFolder.UnfitException e) {
      return "error " + e.getMessage();
    } catch (StoreException | IOException e) {
      LOG.atWarn().addKeyValue("folder", folder).setCause(e).log("Backup failed");
      return "error " + (e instanceof StoreException ? e.getMessage() : e.toString());
    } finally {
      copying.release();
    }
  }

  private static void say(Writer out, String line) throws IOException {
    out.write(line.replaceAll("\\R", " ") + "\n");
    out.flush();
  }

  private static String line(BufferedReader in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (line.length() == LINE_CHARS_MAX) {
        throw new IOException("the request is too long");
      }
      line.append((char) c);
    }
    return line.toString();
  }
}
