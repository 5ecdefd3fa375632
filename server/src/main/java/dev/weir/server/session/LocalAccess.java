// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.session;

import dev.weir.api.call.Problem;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * People sign in with a name and a password, and come with a session's cookie from then on;
 * programs bring both with each call.
 *
 * <p>A browser sends the cookie with whatever a page makes it ask for. What changes something
 * therefore also needs the session's token, which only a page that may read {@code /api/v1/me}
 * knows. The server has refused pages of other origins before. A name and a password that a browser
 * adds by itself are not looked at.
 */
final class LocalAccess implements ConsoleAccess {

  static final String METHODS = "DELETE, POST";

  private static final String TOKEN = "X-Weir-Token";

  /** Browsers alone send it; programs of the same engines send {@code Sec-Fetch-Mode} at most. */
  private static final String BROWSERS_OWN = "Sec-Fetch-Site";

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final UsersFile users;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final PasswordCheck passwords;
  private final InstantSource clock;

  LocalAccess(
      UsersFile users,
      Sessions sessions,
      SessionCookie cookie,
      PasswordCheck passwords,
      InstantSource clock) {
    this.users = users;
    this.sessions = sessions;
    this.cookie = cookie;
    this.passwords = passwords;
    this.clock = clock;
  }

  @Override
  public Admission admit(Request request) {
    // The session first: browsers send whatever pair they were given for another page as well.
    Optional<String> id = SessionCookie.idOf(request);
    Optional<Sessions.Session> session = session(id);
    if (session.isEmpty()) {
      return BasicPair.isTried(request) && !isOfBrowser(request)
          ? byPassword(request)
          : new Admission.Refused(notSignedIn("sign in first"));
    }
    if (!READING.contains(request.method()) && !hasToken(request, session.get())) {
      return new Admission.Refused(wrongToken());
    }
    return new Admission.Admitted(
        session.get().user().caller(Optional.of(session.get().token())),
        () -> sessions.holds(id.orElseThrow(), users.now(), clock.instant()));
  }

  @Override
  public Response session(Request request) {
    return switch (request.method()) {
      case "POST" -> signIn(request);
      case "DELETE" -> signOut(request);
      default -> Problem.wrongMethod(METHODS);
    };
  }

  /**
   * Whether a browser sent it. A pair that comes with it was meant for {@code /metrics} or a proxy,
   * and is not looked at: counted as a guess it would lock people out who made none, and judged
   * without being counted it would give guesses away to whoever writes this header.
   */
  private static boolean isOfBrowser(Request request) {
    return request.headers().first(BROWSERS_OWN).isPresent();
  }

  private Admission byPassword(Request request) {
    Optional<BasicPair> pair = BasicPair.of(request);
    if (pair.isEmpty()) {
      return new Admission.Refused(
          notSignedIn("Authorization is taken as Basic, with a name and a password"));
    }
    return switch (passwords.judge(pair.get().user(), pair.get().password(), request.sender())) {
      case PasswordCheck.Outcome.Right(User user) ->
          new Admission.Admitted(
              user.caller(Optional.empty()), () -> user.equals(users.now().get(user.name())));
      case PasswordCheck.Outcome.Refused(Response answer) -> new Admission.Refused(answer);
    };
  }

  private Response signIn(Request request) {
    return switch (SignInForm.of(request)) {
      case SignInForm.Reading.Refused(Response answer) -> answer;
      case SignInForm.Reading.Read(SignInForm form) ->
          switch (passwords.judge(form.user(), form.password(), request.sender())) {
            case PasswordCheck.Outcome.Refused(Response answer) -> answer;
            case PasswordCheck.Outcome.Right(User user) -> {
              SessionCookie.idOf(request).ifPresent(sessions::end);
              String id = sessions.begin(user, clock.instant());
              yield Response.empty(204).with("Set-Cookie", cookie.of(id));
            }
          };
    };
  }

  private Response signOut(Request request) {
    Optional<String> id = SessionCookie.idOf(request);
    Optional<Sessions.Session> session = session(id);
    if (session.isPresent() && !hasToken(request, session.get())) {
      return wrongToken();
    }
    id.ifPresent(sessions::end);
    return Response.empty(204).with("Set-Cookie", cookie.gone());
  }

  private Optional<Sessions.Session> session(Optional<String> id) {
    return id.flatMap(value -> sessions.use(value, users.now(), clock.instant()));
  }

  private static boolean hasToken(Request request, Sessions.Session session) {
    return session.has(request.headers().first(TOKEN).orElse(""));
  }

  private static Response wrongToken() {
    return Problem.wrongToken(
        TOKEN + " is missing or of another session; /api/v1/me gives the one of this session");
  }

  /** Of a kind that no browser asks people for by itself, and keeps. */
  private static Response notSignedIn(String message) {
    return Problem.notSignedIn(message).with("WWW-Authenticate", "Session realm=\"weir\"");
  }
}
