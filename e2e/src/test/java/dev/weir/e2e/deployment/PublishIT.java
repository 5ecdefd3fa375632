// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code deploy/privatelink/publish} with an AWS CLI that writes its arguments down and answers as
 * S3 does in each case: the texts are the CLI's own ("An error occurred (404) when calling ...").
 */
class PublishIT {

  private static final String HEAD =
      "s3api head-bucket --region us-west-2 --bucket weir-111122223333-us-west-2"
          + " --expected-bucket-owner 111122223333 --query BucketRegion --output text";
  private static final String KEY = "weir-connector-linux-arm64.zip";

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Path archive;

  /** How it ended: status, and both outputs. */
  private record Ended(int status, String out, String err) {}

  @BeforeEach
  void installAnAwsCli() throws IOException {
    archive = Files.writeString(folder.resolve("weir-connector-linux-arm64-1.0.zip"), "archive");
    Path aws = Files.createDirectories(folder.resolve("bin")).resolve("aws");
    Files.writeString(
        aws,
        """
        #!/bin/sh
        echo "$*" >> "$CALLS"
        refuse() { echo "An error occurred ($1) when calling the $2 operation: $3" >&2; exit 254; }
        case "$1 $2" in
          "sts get-caller-identity")
            [ -z "${NO_CREDENTIALS:-}" ] || { echo "Unable to locate credentials" >&2; exit 253; }
            echo 111122223333 ;;
          "s3api head-bucket")
            case $HEAD in
              404) refuse 404 HeadBucket "Not Found" ;;
              403) refuse 403 HeadBucket Forbidden ;;
              301) refuse 301 HeadBucket "Moved Permanently" ;;
              offline) echo "Could not connect to the endpoint URL" >&2; exit 255 ;;
              *) echo "$HEAD" ;;
            esac ;;
          "s3 mb") [ -z "${NO_MB:-}" ] || refuse AccessDenied CreateBucket "Access Denied" ;;
          "s3 cp") [ -z "${NO_CP:-}" ] || refuse AccessDenied PutObject "Access Denied" ;;
          "ec2 describe-managed-prefix-lists")
            [ -z "${NO_LISTS:-}" ] || refuse UnauthorizedOperation DescribeManagedPrefixLists no
            echo pl-68a54001 ;;
        esac
        """);
    assertThat(aws.toFile().setExecutable(true)).isTrue();
    environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("CALLS", folder.resolve("calls").toString());
    environment.put("HEAD", "us-west-2");
  }

  @Test
  void copiesTheArchiveAndPrintsWhatTheTemplateTakes() throws Exception {
    Ended ended = publish("--region", "us-west-2", "--archive", archive.toString());
    assertThat(ended.err()).contains("done");
    assertThat(ended.status()).isZero();
    assertThat(ended.out())
        .isEqualTo(
            "ArchiveBucket=weir-111122223333-us-west-2 ArchiveKey=%s S3PrefixListId=pl-68a54001%n",
            KEY);
    assertThat(calls())
        .containsExactly(
            "sts get-caller-identity --query Account --output text",
            HEAD,
            "s3 cp --region us-west-2 %s s3://weir-111122223333-us-west-2/%s"
                .formatted(archive, KEY),
            "ec2 describe-managed-prefix-lists --region us-west-2 --filters"
                + " Name=prefix-list-name,Values=com.amazonaws.us-west-2.s3"
                + " --query PrefixLists[0].PrefixListId --output text");
    for (String pair : ended.out().strip().split(" ")) {
      String[] parameter = pair.split("=");
      assertThat(Template.in("privatelink").parameters().get(parameter[0]).accepts(parameter[1]))
          .as(pair)
          .isTrue();
    }
  }

  /** So that nobody has to give the two parameters. */
  @Test
  void usesTheBucketAndKeyThatTheTemplateHasForDefaults() {
    assertThat(Template.in("privatelink").stack(GuideParameters.SIX).grants("InstanceRole"))
        .contains(new Grant("s3:GetObject", "arn:aws:s3:::weir-111122223333-us-west-2/" + KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-west-2", "us-east-1", "eu-central-1"})
  void makesABucketThatIsNotThereAndClosesItToThePublic(String region) throws Exception {
    environment.put("HEAD", "404");
    Ended ended = publish("--region", region, "--archive", archive.toString());
    assertThat(ended.status()).as(ended.err()).isZero();
    String bucket = "weir-111122223333-" + region;
    assertThat(calls())
        .containsSubsequence(
            "s3 mb --region %s s3://%s".formatted(region, bucket),
            "s3api put-public-access-block --region %s --bucket %s --public-access-block-configuration"
                    .formatted(region, bucket)
                + " BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,"
                + "RestrictPublicBuckets=true",
            "s3 cp --region %s %s s3://%s/%s".formatted(region, archive, bucket, KEY));
  }

  @ParameterizedTest
  @CsvSource({
    "403, refuses you",
    "301, in another region than us-west-2",
    "eu-west-1, is in eu-west-1",
    "offline, can't tell whether"
  })
  void leavesABucketAloneThatItCannotUse(String head, String said) throws Exception {
    environment.put("HEAD", head);
    assertFails(said, "--region", "us-west-2", "--archive", archive.toString());
    assertThat(calls()).last().isEqualTo(HEAD);
  }

  /** Older command lines don't tell where a bucket is. */
  @Test
  void takesABucketWhoseRegionIsNotTold() throws Exception {
    environment.put("HEAD", "None");
    assertThat(publish("--region", "us-west-2", "--archive", archive.toString()).status()).isZero();
  }

  @Test
  void asksNobodyForTheAccountWhereTheBucketIsGiven() throws Exception {
    environment.put("NO_CREDENTIALS", "1");
    Ended ended =
        publish("--region", "us-west-2", "--archive", archive.toString(), "--bucket", "mine");
    assertThat(ended.out()).startsWith("ArchiveBucket=mine ArchiveKey=" + KEY);
    assertThat(calls())
        .startsWith(
            "s3api head-bucket --region us-west-2 --bucket mine --query BucketRegion --output"
                + " text");
  }

  @Test
  void goesOnWithoutThePrefixList() throws Exception {
    environment.put("NO_LISTS", "1");
    Ended ended = publish("--region", "us-west-2", "--archive", archive.toString());
    assertThat(ended.status()).isZero();
    assertThat(ended.out())
        .isEqualTo("ArchiveBucket=weir-111122223333-us-west-2 ArchiveKey=%s%n", KEY);
    assertThat(ended.err()).contains("ec2:DescribeManagedPrefixLists");
  }

  @ParameterizedTest
  @CsvSource({
    "NO_CREDENTIALS, us-west-2, no credentials that work",
    "NO_MB, 404, it takes s3:CreateBucket",
    "NO_CP, us-west-2, it takes s3:PutObject"
  })
  void saysWhichRightIsMissing(String refusal, String head, String said) throws Exception {
    environment.put("HEAD", head);
    environment.put(refusal, "1");
    assertFails(said, "--region", "us-west-2", "--archive", archive.toString());
  }

  @Test
  void comparesTheArchiveWithItsSumBeforeAnythingElse() throws Exception {
    Path sums = folder.resolve("SHA256SUMS");
    String sum =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive)));
    Files.writeString(sums, "0000  other.zip\n%s  %s\n".formatted(sum, archive.getFileName()));
    assertThat(publish("--region", "us-west-2", "--archive", archive.toString()).status()).isZero();

    Files.delete(folder.resolve("calls"));
    Files.writeString(archive, "changed");
    assertFails("is not the one of", "--region", "us-west-2", "--archive", archive.toString());
    Files.writeString(sums, "0000  other.zip\n");
    assertFails("does not name", "--region", "us-west-2", "--archive", archive.toString());
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  @Test
  void takesTheNewestArchiveOfTheBuild() throws Exception {
    Path checkout = Files.createDirectories(folder.resolve("checkout/deploy/privatelink"));
    Path script = Files.copy(script(), checkout.resolve("publish"));
    assertThat(run(script, "--region", "us-west-2").err())
        .contains("there is no archive; build it");

    Path target = Files.createDirectories(folder.resolve("checkout/app/target"));
    Files.writeString(target.resolve("weir-connector-linux-arm64-1.1.zip"), "new");
    Path older = Files.writeString(target.resolve("weir-connector-linux-arm64-1.2.zip"), "old");
    Files.setLastModifiedTime(older, java.nio.file.attribute.FileTime.fromMillis(0));
    Files.writeString(target.resolve("weir-connector-linux-x64-1.1.zip"), "another machine's");
    assertThat(run(script, "--region", "us-west-2").status()).isZero();
    assertThat(calls()).anyMatch(call -> call.contains("linux-arm64-1.1.zip s3://"));
  }

  @ParameterizedTest
  @CsvSource({
    "--regoin us-west-2, unknown word --regoin",
    "--region, --region needs a value",
    "--bucket s3://mine --region us-west-2, without s3://",
    "--archive nowhere.zip --region us-west-2, there is no file nowhere.zip",
    "'', no region"
  })
  void refusesWordsThatItDoesNotUnderstand(String words, String said) throws Exception {
    assertFails(said, words.isEmpty() ? new String[0] : words.split(" "));
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  private void assertFails(String said, String... words) throws Exception {
    Ended ended = publish(words);
    assertThat(ended.err()).contains("publish: ").contains(said);
    assertThat(ended.status()).as(ended.err()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  private static Path script() {
    return Template.deploy().resolve("privatelink/publish");
  }

  private Ended publish(String... words) throws Exception {
    return run(script(), words);
  }

  private Ended run(Path script, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(words));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("publish ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
