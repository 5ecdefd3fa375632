// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.sites;

import dev.weir.document.Documents;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteProblem;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.site.SiteBook;
import dev.weir.monitor.site.SitePlan;
import dev.weir.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sites of a file: applied at the start and whenever the file changes. A file that can't be
 * taken leaves everything as it is and is logged once for each change of it. Sites that leave the
 * file go; those that came another way stay.
 */
public final class SitesFile implements AutoCloseable {

  /** A change is taken when the file looked the same twice, so within half a second. */
  private static final Duration LOOK = Duration.ofMillis(200);

  /** Problems that one log has of one change. */
  private static final int PROBLEMS_LOGGED_MAX = 20;

  private static final Logger LOG = LoggerFactory.getLogger(SitesFile.class);

  private final Path file;
  private final SiteBook book;
  private final FileMarks marks;
  private final SiteReader reader;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sites-file").factory());

  /** How the file looked the last time, and when it was taken or refused; null before. */
  private @Nullable Look seen;

  private @Nullable Look settled;

  /** Of which look a failure of the store was told. */
  private @Nullable Look told;

  private volatile boolean successful;

  /**
   * Prepares it; {@link #start} applies it the first time.
   *
   * @param region where sites are checked from that name none
   */
  public SitesFile(Path file, Documents documents, SiteBook book, String region) {
    this.file = file;
    this.book = book;
    this.marks = new FileMarks(documents);
    this.reader = new SiteReader(region);
  }

  /**
   * What tells one state of the file from the next.
   *
   * @param key changes with a file that takes another's name; null where the system has none
   */
  private record Look(@Nullable FileTime modified, long sizeBytes, @Nullable Object key) {
    static final Look MISSING = new Look(null, -1, null);
  }

  /** Applies the file now, and from now on when it changes. */
  public void start() {
    seen = look();
    take();
    scheduler.scheduleWithFixedDelay(
        this::followed, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether the file as it was last looked at was applied. */
  public boolean lastSuccessful() {
    return successful;
  }

  @Override
  public void close() {
    scheduler.close();
  }

  private void followed() {
    try {
      follow();
    } catch (RuntimeException e) {
      // The next look must come whatever happens to this one.
      LOG.error("The file of sites can't be followed", e);
    }
  }

  /** One look; a file that is being written looks different the next time. */
  void follow() {
    Look now = look();
    boolean quiet = now.equals(seen);
    seen = now;
    if (quiet && !now.equals(settled)) {
      take();
    }
  }

  private void take() {
    Look taken = seen;
    try {
      SiteReader.Reading reading = reader.read(file.toString(), text());
      switch (reading) {
        case SiteReader.Reading.Refused refused -> refuse(refused.problems());
        case SiteReader.Reading.Sites sites -> {
          apply(sites.sites());
          successful = true;
        }
      }
      settled = taken;
    } catch (NoSuchFileException e) {
      fail("there is no such file");
      settled = taken;
    } catch (CharacterCodingException e) {
      fail("it is not UTF-8");
      settled = taken;
    } catch (IOException e) {
      fail("it can't be read: " + e);
      settled = taken;
    } catch (StoreException e) {
      successful = false;
      if (taken == null || !taken.equals(told)) {
        told = taken;
        fail(String.valueOf(e.getMessage()));
      }
      // What may pass is tried again at the next look.
      settled = e.kind().retryable() || e.kind() == StoreException.Kind.CONFLICT ? null : taken;
    }
  }

  private void apply(List<Site> sites) {
    SitePlan wanted = book.plan(null, sites, false);
    TreeSet<String> gone = marks.all();
    List<SiteKey> keys = sites.stream().map(Site::key).toList();
    keys.forEach(key -> gone.remove(key.toString()));
    List<SitePlan.Removal> removals = new ArrayList<>();
    for (String name : gone) {
      book.get(key(name))
          .ifPresent(
              stored -> removals.add(new SitePlan.Removal(stored.site().key(), stored.version())));
    }
    SitePlan plan =
        new SitePlan(wanted.additions(), wanted.changes(), removals, wanted.unchanged());
    // Marks stand before their sites and fall after them: a kill between leaves no site unmarked.
    marks.put(keys);
    book.apply(plan);
    marks.remove(gone);
    LOG.atInfo()
        .addKeyValue("file", file)
        .addKeyValue("added", plan.additions().size())
        .addKeyValue("changed", plan.changes().size())
        .addKeyValue("removed", plan.removals().size())
        .addKeyValue("unchanged", plan.unchanged().size())
        .log("Sites of the file are applied");
  }

  private static SiteKey key(String name) {
    int slash = name.indexOf('/');
    return new SiteKey(name.substring(0, slash), name.substring(slash + 1));
  }

  private void refuse(List<SiteProblem> problems) {
    successful = false;
    for (SiteProblem problem :
        problems.subList(0, Math.min(problems.size(), PROBLEMS_LOGGED_MAX))) {
      LOG.atError()
          .addKeyValue("file", problem.file())
          .addKeyValue("line", problem.line())
          .addKeyValue("site", problem.site())
          .addKeyValue("field", problem.field())
          .addKeyValue("reason", problem.reason())
          .log("The file of sites is refused");
    }
    if (problems.size() > PROBLEMS_LOGGED_MAX) {
      LOG.atError()
          .addKeyValue("file", file)
          .addKeyValue("problems", problems.size())
          .log("The file of sites has more problems");
    }
  }

  private void fail(String reason) {
    successful = false;
    LOG.atError()
        .addKeyValue("file", file)
        .addKeyValue("reason", reason)
        .log("The file of sites is not applied; sites stay as they are");
  }

  private String text() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      // One byte more than is taken: the reader then says how long it may be.
      byte[] bytes = in.readNBytes(SiteReader.CHARACTERS_MAX * 4 + 1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  private Look look() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Look(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException _) {
      return Look.MISSING;
    }
  }
}
