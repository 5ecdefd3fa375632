// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.call.Role;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private static final User ANN = new User("ann", "hash", Map.of("acme", Role.EDITOR));
  private static final Map<String, User> USERS = Map.of("ann", ANN);
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  private final Sessions sessions = new Sessions(new SecureRandom());

  @Test
  void aSessionHasAnIdAndATokenThatNobodyGuesses() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      String id = sessions.begin(ANN, NOW);
      Sessions.Session session = sessions.use(id, USERS, NOW).orElseThrow();
      assertThat(id).matches("[A-Za-z0-9_-]{43}");
      assertThat(session.token()).matches("[A-Za-z0-9_-]{43}");
      assertThat(session.has(session.token())).isTrue();
      assertThat(session.has("")).isFalse();
      assertThat(session.has(session.token() + "x")).isFalse();
      assertThat(session.toString()).contains("ann").doesNotContain(session.token(), "hash");
      seen.addAll(List.of(id, session.token()));
    }
    assertThat(seen).hasSize(20);
  }

  @Test
  void endsTwoHoursAfterItsLastUse() {
    String used = sessions.begin(ANN, NOW);
    String left = sessions.begin(ANN, NOW);
    Instant almost = NOW.plus(Sessions.IDLE).minusMillis(1);
    assertThat(sessions.use(used, USERS, almost)).isPresent();
    assertThat(sessions.use(left, USERS, NOW.plus(Sessions.IDLE))).isEmpty();
    assertThat(sessions.use(used, USERS, almost.plus(Duration.ofHours(1)))).isPresent();
  }

  @Test
  void aLookAtASessionIsNoUseOfIt() {
    String id = sessions.begin(ANN, NOW);
    Instant almost = NOW.plus(Sessions.IDLE).minusMillis(1);
    assertThat(sessions.holds(id, USERS, almost)).isTrue();
    assertThat(sessions.holds(id, Map.of(), almost)).isFalse();
    assertThat(sessions.holds(id, USERS, NOW.plus(Sessions.IDLE))).isFalse();
    sessions.end(id);
    assertThat(sessions.holds(id, USERS, NOW)).isFalse();
  }

  @Test
  void endsTwelveHoursAfterItBeganHoweverMuchItIsUsed() {
    String id = sessions.begin(ANN, NOW);
    for (int minutes = 0; minutes < 12 * 60; minutes += 10) {
      assertThat(sessions.use(id, USERS, NOW.plus(Duration.ofMinutes(minutes)))).isPresent();
    }
    assertThat(sessions.use(id, USERS, NOW.plus(Sessions.LIFE))).isEmpty();
    assertThat(sessions.count()).isZero();
  }

  @Test
  void endsWhenItsUserGoesOrHasAnotherPasswordOrOtherRoles() {
    for (Map<String, User> users :
        List.of(
            Map.of("bob", ANN),
            Map.of("ann", new User("ann", "other", ANN.roles())),
            Map.of("ann", new User("ann", "hash", Map.of("acme", Role.VIEWER))))) {
      String id = sessions.begin(ANN, NOW);
      assertThat(sessions.use(id, users, NOW)).isEmpty();
      assertThat(sessions.use(id, USERS, NOW)).isEmpty();
    }
  }

  @Test
  void aUserHasSoManyAndTheOldestEnds() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i <= Sessions.OF_USER_MAX; i++) {
      ids.add(sessions.begin(ANN, NOW.plusSeconds(i)));
    }
    Instant later = NOW.plusSeconds(60);
    assertThat(sessions.use(ids.getFirst(), USERS, later)).isEmpty();
    assertThat(ids.subList(1, ids.size()))
        .allMatch(id -> sessions.use(id, USERS, later).isPresent());
  }

  @Test
  void inAllThereAreSoManyAndTheOneLeftAloneForLongestEnds() {
    int max = 30;
    Sessions few = new Sessions(new SecureRandom(), max);
    String first = few.begin(ANN, NOW);
    String second = few.begin(ANN, NOW);
    for (int i = 2; i < max; i++) {
      few.begin(new User("user" + i, "hash", ANN.roles()), NOW);
    }
    assertThat(few.use(first, USERS, NOW)).isPresent();
    few.begin(new User("last", "hash", ANN.roles()), NOW);
    assertThat(few.count()).isEqualTo(max);
    assertThat(few.use(first, USERS, NOW)).isPresent();
    assertThat(few.use(second, USERS, NOW)).isEmpty();
  }
}
