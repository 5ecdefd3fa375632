// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.cause;

import java.util.Locale;

/**
 * Why Timestream refuses, by the exception's name on the wire. The names are those of the service
 * models and of the AWS signing protocol; what Timestream itself said is kept in the sentence.
 */
public final class RefusalCauses {

  private static final int SAID_CHARS_MAX = 260;

  private RefusalCauses() {}

  /**
   * The cause of a refusal.
   *
   * @param errorType the exception's name; may be empty
   * @param said what was said with it; may be empty
   */
  public static Cause of(String errorType, String said) {
    String text = oneLine(said);
    return switch (errorType) {
      case "UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId" ->
          cause(
              "Timestream does not know these credentials",
              text,
              "check the access key; temporary credentials need their session token too");
      case "ExpiredTokenException", "ExpiredToken" ->
          cause("the credentials have expired", text, "renew them, or use a role that does so");
      case "InvalidSignatureException", "SignatureDoesNotMatch" -> signature(text);
      case "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed" -> clock(text);
      case "MissingAuthenticationTokenException",
          "MissingAuthenticationToken",
          "IncompleteSignatureException",
          "IncompleteSignature" ->
          cause(
              "the request came without a whole signature",
              text,
              "see whether a proxy in between drops the header Authorization");
      case "AccessDeniedException", "AccessDenied", "NotAuthorized" ->
          cause(
              "these credentials lack a right",
              text,
              "allow it in the IAM policy, and in the policy of the VPC endpoint if there is one");
      case "OptInRequired" ->
          cause(
              "the account can't use Timestream in this region",
              text,
              "use a region where the account has tables");
      case "ResourceNotFoundException" ->
          cause(
              "the database or the table does not exist",
              text,
              "create it, or check --default-database, --default-table and --region");
      case "InvalidEndpointException", "UnknownOperationException" ->
          cause(
              "this endpoint does not serve the account",
              text,
              "name the account's own cell, as aws timestream-write describe-endpoints and aws"
                  + " timestream-query describe-endpoints tell it");
      case "ThrottlingException", "Throttling", "TooManyRequestsException", "SlowDown" ->
          cause(
              "Timestream throttles",
              text,
              "wait; if it lasts, send less or ask AWS for a higher quota");
      case "ServiceQuotaExceededException" ->
          cause("a quota of the account is used up", text, "ask AWS for more");
      case "InternalServerException", "ServiceUnavailableException", "InternalFailure" ->
          cause("Timestream has a fault of its own", text, "try again; see the AWS Health page");
      default ->
          new Cause(
              errorType.isEmpty()
                  ? (text.isEmpty() ? "Timestream refused without a reason" : text)
                  : errorType + (text.isEmpty() ? "" : ": " + text),
              "");
    };
  }

  /** One exception stands for a wrong secret, a wrong clock and a wrong region. */
  private static Cause signature(String said) {
    String text = said.toLowerCase(Locale.ROOT);
    if (text.contains("expired") || text.contains("not yet current") || text.contains("skew")) {
      return clock(said);
    }
    if (text.contains("scope") && text.contains("region")) {
      return cause(
          "the signature is for another region", said, "give the endpoint's region as --region");
    }
    return cause(
        "the signature does not match",
        said,
        "check the secret access key, the clock and the region");
  }

  private static Cause clock(String said) {
    return cause(
        "the signature's time is refused", said, "set this machine's clock, by NTP or chrony");
  }

  private static Cause cause(String what, String said, String remedy) {
    return new Cause(said.isEmpty() ? what : what + " (" + said + ")", remedy);
  }

  private static String oneLine(String said) {
    String text = said.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return text.length() > SAID_CHARS_MAX ? text.substring(0, SAID_CHARS_MAX) + "…" : text;
  }
}
