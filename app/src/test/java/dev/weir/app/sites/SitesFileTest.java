// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.sites;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.kit.MemoryDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SitesFileTest {

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(SitesFile.class);

  @TempDir Path folder;

  private final MemoryDocuments documents = new MemoryDocuments();
  private final SiteBook book = new SiteBook(documents, "local");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private Path file;
  private SitesFile sites;
  private long minute;

  @BeforeEach
  void prepare() {
    file = folder.resolve("sites.yaml");
    logged.start();
    LOG.setLevel(Level.INFO); // Whatever the settings of another test have left.
    LOG.addAppender(logged);
    sites = newFile();
  }

  @AfterEach
  void close() {
    LOG.detachAppender(logged);
    LOG.setLevel(null);
    sites.close();
  }

  @Test
  void appliesTheFileOnceItIsQuietAndEachChangeOfIt() throws IOException {
    write("sites: [{id: a, endpoint: 'https://a.example/'}]");
    sites.follow();
    assertThat(ids()).isEmpty();
    sites.follow();
    assertThat(ids()).containsExactly("default/a");
    assertThat(sites.lastSuccessful()).isTrue();

    write(
        "sites: [{id: a, endpoint: 'https://a2.example/'}, {id: b, endpoint:"
            + " 'https://b.example/'}]");
    sites.follow();
    write("sites: [{id: b, endpoint: 'https://b.example/'}]");
    sites.follow();
    assertThat(ids()).containsExactly("default/a");
    sites.follow();
    assertThat(ids()).containsExactly("default/b");
  }

  @Test
  void leavesEverythingForAFileThatIsBrokenAndSaysSoOnce() throws IOException {
    write("sites: [{id: a, endpoint: 'https://a.example/'}]");
    settle();
    write("sites:\n  - id: b\n    endpoint: https://b.example/\n    interval: never\n");
    settle();
    settle();
    settle();

    assertThat(ids()).containsExactly("default/a");
    assertThat(sites.lastSuccessful()).isFalse();
    assertThat(errors())
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .contains("refused", file.toString(), "line=4", "site=b", "field=interval"));
    write("sites: [{id: c, endpoint: 'https://c.example/'}]");
    settle();
    assertThat(ids()).containsExactly("default/c");
    assertThat(sites.lastSuccessful()).isTrue();
  }

  @Test
  void leavesEverythingForAFileThatIsGoneOrNoText() throws IOException {
    write("sites: [{id: a, endpoint: 'https://a.example/'}]");
    settle();
    Files.delete(file);
    settle();
    settle();
    assertThat(errors())
        .singleElement()
        .satisfies(line -> assertThat(line).contains("no such file"));
    Files.write(file, new byte[] {(byte) 0xff});
    settle();
    assertThat(errors())
        .hasSize(2)
        .last()
        .satisfies(line -> assertThat(line).contains("not UTF-8"));
    assertThat(ids()).containsExactly("default/a");
    assertThat(sites.lastSuccessful()).isFalse();
  }

  @Test
  void takesBackOnlyWhatItHasBrought() throws IOException {
    apply("sites: [{id: made-by-hand, endpoint: 'https://h.example/'}]");
    write(
        "sites: [{id: a, endpoint: 'https://a.example/'}, {id: b, endpoint:"
            + " 'https://b.example/'}]");
    settle();
    assertThat(ids()).containsExactly("default/a", "default/b", "default/made-by-hand");

    // Another run of Weir, whose file changed while it was down.
    sites.close();
    write("sites: [{id: b, endpoint: 'https://b.example/'}]");
    sites = newFile();
    sites.start();
    assertThat(ids()).containsExactly("default/b", "default/made-by-hand");
    assertThat(sites.lastSuccessful()).isTrue();
  }

  @Test
  void triesAgainWhatMayPassAndSaysSoOnce() throws IOException {
    write("sites: [{id: a, endpoint: 'https://a.example/'}]");
    documents.failNext(new StoreException(Kind.UNAVAILABLE, "disk full"));
    sites.follow();
    sites.follow();
    assertThat(ids()).isEmpty();
    documents.failNext(new StoreException(Kind.UNAVAILABLE, "disk full"));
    sites.follow();
    assertThat(errors()).singleElement().satisfies(line -> assertThat(line).contains("disk full"));
    sites.follow();
    assertThat(ids()).containsExactly("default/a");
    assertThat(sites.lastSuccessful()).isTrue();
  }

  @Test
  void seesAFileThatTookTheNameOfAnotherOfTheSameSizeAndTime() throws IOException {
    write("sites: [{id: a, endpoint: 'https://a.example/'}]");
    settle();
    FileTime time = Files.getLastModifiedTime(file);
    Path other =
        Files.writeString(
            folder.resolve("other"), "sites: [{id: b, endpoint: 'https://b.example/'}]");
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    settle();
    assertThat(ids()).containsExactly("default/b");
  }

  @Test
  void followsByItself() throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    write("sites: [{id: a, endpoint: 'https://a.example/'}]");
    sites.start();
    assertThat(ids()).containsExactly("default/a");
    book.follow(documents, change -> seen.add(change.key().toString()));
    write("sites: [{id: a, endpoint: 'https://a2.example/'}]");
    assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("default/a");
  }

  private SitesFile newFile() {
    return new SitesFile(file, documents, book, "local");
  }

  /** Twice, as a change must look the same twice. */
  private void settle() {
    sites.follow();
    sites.follow();
  }

  /** With a time of its own, however fast the test is. */
  private void write(String text) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_800_000_000_000L + 60_000 * minute++));
  }

  private void apply(String text) {
    SiteReader.Reading reading = new SiteReader("local").read("test", text);
    assertThat(reading).isInstanceOf(SiteReader.Reading.Sites.class);
    if (reading instanceof SiteReader.Reading.Sites read) {
      book.apply(book.plan(null, read.sites(), false));
    }
  }

  private List<String> ids() {
    return book.all(null).stream().map(stored -> stored.site().key().toString()).toList();
  }

  private List<String> errors() {
    return logged.list.stream()
        .filter(event -> event.getLevel().levelStr.equals("ERROR"))
        .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs())
        .map(line -> line.replace("\"", ""))
        .toList();
  }
}
