// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, where, and with which words. */
class SiteProblemsTest {

  /** The fields are those of a web site that is right without them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          intervall: 10s          | intervall: is no field here; did you mean interval?
          http: {bodyLimit: 1}    | http.bodyLimit: is no field here; did you mean body-limit?
          zebra: 1                | zebra: is no field here
          interval: 10            | interval: a duration is a number with a unit, such as 10s, 1m30s, 500ms or 1h, not '10'; did you mean 10s?
          interval: 999ms         | interval: 1s to 24h, not 999ms
          interval: 25h           | interval: 1s to 24h, not 25h
          interval: 999999999d    | interval: 1s to 24h, not 999999999d
          interval: -5s           | interval: a duration is a number with a unit, such as 10s, 1m30s, 500ms or 1h, not '-5s'
          interval: [1s]          | interval: is a single value, not a list
          interval: {a: 1s}       | interval: is a single value, not a mapping
          regions: []             | regions: is an empty list; leave it out
          regions: [a, a]         | regions: names a region twice
          regions: ["a b"]        | regions[0]: is no name of a region: 'a b'
          regions: [null]         | regions[0]: is a single value, not null
          enabled: yes            | enabled: true or false, not 'yes'
          requests: 0             | requests: 1 to 100, not 0
          requests: 101           | requests: 1 to 100, not 101
          requests: 1.5           | requests: a whole number from 1 to 100, not '1.5'
          requests: 99999999999999999999 | requests: a whole number from 1 to 100, not '99999999999999999999'
          connections: hot        | connections: one of cold, warm, not 'hot'
          timeout: 0s             | timeout: 1ms to 5m, not 0s
          timeout: 6m             | timeout: 1ms to 5m, not 6m
          timeouts: {dns: 40s}    | timeouts.dns: 1ms to 30s, not 40s
          timeouts: {idle: 1s}    | timeouts.idle: is no field here
          confirm: 6              | confirm: 1 to 5, not 6
          confirm: {spacing: 2m}  | confirm.spacing: 0s to 1m, not 2m
          ip: 5                   | ip: one of prefer4, prefer6, 4, 6, not '5'
          http: text              | http: is a mapping of fields, not a text
          http: {method: CONNECT} | http.method: is a method such as GET, HEAD or POST, not 'CONNECT'
          http: {method: "GET /"} | http.method: is a method such as GET, HEAD or POST, not 'GET /'
          http: {body: x}         | http.body: is not sent with GET: write method: POST
          http: {redirects: 21}   | http.redirects: 0 to 20, not 21
          http: {version: 3}      | http.version: one of auto, 1.1, 2, not '3'
          http: {body-limit: 17MiB} | http.body-limit: 1 byte to 16MiB, not 17MiB
          http: {body-limit: 1MB} | http.body-limit: a size is bytes or a number with KiB or MiB, not '1MB'
          http: {headers: {"a b": c}} | http.headers.a b: is no name of a header
          http: {headers: {"a\\nb": c}} | http.headers.a\\nb: is no name of a header
          http: {headers: {X: "a\\r\\nY: b"}} | http.headers.X: has a value with a line end or another character that no header carries
          http: {headers: {X: é}} | http.headers.X: has a value with a line end or another character that no header carries
          http: {headers: {X: a, x: b}} | http.headers.x: is the header X again
          http: {headers: {Content-Length: 1}} | http.headers.Content-Length: is set by the check itself; leave it out
          tls: {minimum: 1.1}     | tls.minimum: one of 1.2, 1.3, not '1.1'
          tls: {certificate: "${file:c}"} | tls.certificate: stands alone: certificate and key go together
          tls: {ca: /etc/ca.pem}  | tls.ca: is neither ${file:path} nor the text of a PEM file, -----BEGIN CERTIFICATE-----…
          tls: {server-name: "a:1"} | tls.server-name: is a name without a port
          tcp: {steps: [starttls]} | tcp: is not for endpoints of https://
          dns: {type: A}          | dns: is not for endpoints of https://
          expect: {rcode: NOERROR} | expect.rcode: is for dns:// endpoints
          expect: {status: 2xx}   | expect.status: is a status such as 200 or a range such as "300-399", not '2xx'
          expect: {status: [200, 99]} | expect.status[1]: is a status such as 200 or a range such as "300-399", not '99'
          expect: {status: 300-200} | expect.status: a range of status codes lies within 100-999, not 300-200
          expect: {contains: ""}  | expect.contains: is empty; leave it out
          expect: {matches: "(a"} | expect.matches: is no RE2 expression: missing closing ): (a
          expect: {not-matches: "(?=a)"} | expect.not-matches: is no RE2 expression: invalid or unsupported Perl syntax: (?=
          expect: {json: [{path: "$["}]} | expect.json[0].path: is no JSONPath
          expect: {json: [{path: "$[99999999999]"}]} | expect.json[0].path: is no JSONPath: Failed to parse token in ArrayIndexOperation: 99999999999
          expect: {json: [{path: "a"}]} | expect.json[0].path: is no JSONPath: it begins with $
          expect: {json: [{path: "$[?(@.a =~ /b/)]"}]} | expect.json[0].path: has =~ in it, which is not offered: use matches
          expect: {json: [{path: "$..a..b"}]} | expect.json[0].path: has .. more than once
          expect: {json: [{path: "$..a[?(@.b == $.c)]"}]} | expect.json[0].path: has $ inside a filter, which begins with @
          expect: {json: [{path: "$..a[?(@.b == 'c')].d"}]} |
          expect: {json: [{value: 1}]} | expect.json[0].path: is missing: a JSONPath such as $.status
          expect: {headers: [{name: "a b", matches: c}]} | expect.headers[0].name: is no name of a header
          expect: {contains: "a\\ud800"} | expect.contains: has half of a surrogate pair, which UTF-8 can't carry
          expect: {headers: [{name: A}]} | expect.headers[0]: has either matches or not-matches
          expect: {headers: [{matches: A}]} | expect.headers[0].name: is missing: the header that is judged
          expect: {latency: 0s}   | expect.latency: 0.000001s to 1h, not 0s
          expect: {latency: {max: 1s, of: p99}} | expect.latency.of: one of average, p95, max, not 'p99'; did you mean p95?
          expect: {latency: {of: p95}} | expect.latency.max: is missing: such as max: 2s
          expect: {certificate-days: 0} | expect.certificate-days: 1 to 3650, not 0
          incident: {failures: 0} | incident.failures: 1 to 100, not 0
          incident: {repeat: x}   | incident.repeat: a duration is a number with a unit, such as 10s, 1m30s, 500ms or 1h, not 'x'
          maintenance: [{zone: UTC}] | maintenance[0]: has either start and end, or days, from and length
          maintenance: [{start: 2026-01-01}] | maintenance[0].end: is missing: such as 2026-12-02T00:00:00Z
          maintenance: [{start: 2026-01-02T00:00:00Z, end: 2026-01-01T00:00:00Z}] | maintenance[0]: a maintenance window ends after it starts, not at 2026-01-01T00:00:00Z from 2026-01-02T00:00:00Z
          maintenance: [{days: [someday], from: "22:00", length: 2h}] | maintenance[0].days[0]: is a day of the week, mon to sun, not 'someday'
          maintenance: [{days: sat, from: 10pm, length: 2h}] | maintenance[0].from: is a time as "22:00", not '10pm'
          maintenance: [{days: sat, from: "22:00", length: 25h}] | maintenance[0].length: 1m to 24h, not 25h
          maintenance: [{days: sat, from: "22:00", length: 1h, zone: Mars/Base}] | maintenance[0].zone: is a time zone such as Europe/Berlin, not 'Mars/Base'
          rate: 1                 |
          rate: 0                 | rate: 1 to 1440, not 0
          rate: 1.5               | rate: is whole minutes, 1 to 1440, not '1.5'; below a minute write interval: 30s
          name: " "               | name: is empty; leave it out
          name: "a\\nb"            | name: has a control character, such as the end of a line; it stands on one line
          name: "a\\u2028b"        | name: has a control character, such as the end of a line; it stands on one line
          group: ""               | group: is empty; leave it out
          group: "\\u001b[2J"      | group: has a control character, such as the end of a line; it stands on one line
          group: [a]              | group: is a single value, not a list
          customer: "a/b"         | customer: a customer is 1 to 63 of letters, digits, '.', '_', '-', beginning with a letter or digit, not 'a/b'
          """)
  void refusesFieldsWithTheirReason(String field, String problem) {
    String text = "- id: a\n  endpoint: https://a.b/\n  " + field;
    if (problem == null) {
      assertThat(Readings.sites(text)).hasSize(1);
    } else {
      assertThat(Readings.problems(text)).contains("test:3: a: " + problem);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          example.com            | is http://…, https://…, tcp://host:port, tls://host:port or dns://name
          ftp://a.b              | has the scheme ftp; there are http, https, tcp, tls and dns
          https://               | '' is neither a host name nor an address
          https://a..b/          | 'a..b' is neither a host name nor an address
          https://a_b.c/         | 'a_b.c' is neither a host name nor an address
          http://127.1/          | '127.1' is neither a host name nor an address
          https://a.b:0/         | has a port that is not from 1 to 65535: '0'
          https://a.b:65536/     | has a port that is not from 1 to 65535: '65536'
          https://a.b/c d        | has a character that is written with %: Illegal character in path
          https://me:it@a.b/     | has a user or password in it: write http.basic, with the password as ${env:NAME}
          https://[::g]/         | '[::g]' is neither a host name nor an address
          https://::1/           | host:port, with an IPv6 address in [], not '::1'
          tcp://a.b              | needs a port: tcp://host:port
          tcp://a.b:1/path       | tcp:// has no path
          dns://a b              | has no name of the DNS after dns://, such as dns://a.b
          dns://                 | has no name of the DNS after dns://, such as dns://a.b
          """)
  void refusesEndpointsWithTheirReason(String endpoint, String reason) {
    assertThat(Readings.problems("- id: a\n  endpoint: \"" + endpoint + "\""))
        .containsExactly("test:2: a: endpoint: " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tcp://a.b:1 | http: {method: GET}                | http: is not for endpoints of tcp://
          tcp://a.b:1 | expect: {status: 200}              | expect.status: is for http:// and https:// endpoints
          tcp://a.b:1 | expect: {certificate-days: 2}      | expect.certificate-days: is for endpoints with TLS
          tcp://a.b:1 | testString: x                      | testString: is for http:// and https:// endpoints
          tcp://a.b:1 | tcp: {steps: [{expect: a, send: b}]} | tcp.steps[0]: is one of expect, send, starttls
          tcp://a.b:1 | tcp: {steps: [startls]}            | tcp.steps[0]: is expect: EXPRESSION, send: TEXT or starttls, not 'startls'
          tcp://a.b:1 | tcp: {steps: [starttls, starttls]} | tcp.steps: has starttls 2 times, at most once
          tcp://a.b:1 | timeouts: {body: 1s}               | timeouts.body: is no part of a check of tcp
          tls://a.b   | tcp: {steps: [starttls]}           | tcp: is not for endpoints of tls://
          dns://a.b   | tls: {verify: false}               | tls: is not for endpoints of dns://
          dns://a.b   | dns: {type: AXFR}                  | dns.type: is one of A, AAAA, CAA, CNAME, DNSKEY, DS, HTTPS, MX, NAPTR, NS, PTR, SOA, SRV, SSHFP, SVCB, TLSA, TXT, not 'AXFR'
          dns://a.b   | dns: {resolver: "a:b:c"}           | dns.resolver: host:port, with an IPv6 address in [], not 'a:b:c'
          dns://a.b   | dns: {transport: quic}             | dns.transport: one of udp, tcp, not 'quic'
          dns://a.b   | expect: {rcode: FINE}              | expect.rcode: is one of FORMERR, NOERROR, NOTAUTH, NOTIMP, NOTZONE, NXDOMAIN, NXRRSET, REFUSED, SERVFAIL, YXDOMAIN, YXRRSET, not 'FINE'
          http://a.b  | expect: {certificate-days: 2}      | expect.certificate-days: is for endpoints with TLS
          """)
  void refusesWhatTheProtocolDoesNotHave(String endpoint, String field, String problem) {
    assertThat(Readings.problems("- id: a\n  endpoint: " + endpoint + "\n  " + field))
        .containsExactly("test:3: a: " + problem);
  }

  @Test
  void aHeadRequestHasNoBodyToJudge() {
    assertThat(
            Readings.problems(
                """
                - id: a
                  endpoint: http://a.b
                  http: {method: head}
                  expect:
                    contains: x
                """))
        .containsExactly(
            "test:5: a: expect.contains: is not known of an answer to HEAD, which has no body");
  }

  @Test
  void tellsAllProblemsOfAllSitesAndTakesNone() {
    assertThat(
            Readings.problems(
                """
                sites:
                  - id: good
                    endpoint: https://a.b/
                  - id: first
                    endpoint: https://a.b/
                    interval: 0s
                    requests: many
                  - endpoint: nonsense
                    wrong: 1
                  - id: good
                    endpoint: tls://a.b
                  - just a text
                """))
        .containsExactly(
            "test:6: first: interval: 1s to 24h, not 0s",
            "test:7: first: requests: a whole number from 1 to 100, not 'many'",
            "test:8: #3: id: is missing: the name of the site",
            "test:8: #3: endpoint: is http://…, https://…, tcp://host:port, tls://host:port or"
                + " dns://name",
            "test:9: #3: wrong: is no field here",
            "test:10: good: is there twice, first on line 2",
            "test:12: #5: is a mapping of fields, not a text");
  }

  @Test
  void refusesTheSameFieldTwiceAndSaysWhereTheFirstIs() {
    assertThat(
            Readings.problems(
                """
                - id: a
                  endpoint: https://a.b/
                  http:
                    method: GET
                    method: PUT
                """))
        .containsExactly("test:5: a: http.method: is there twice, first on line 4");
    assertThat(Readings.problems("sites: []\nsites: []"))
        .containsExactly("test:2: sites: is there twice");
  }

  @Test
  void refusesNamesThatWouldNotDoAsNamesOfRulesAndFiles() {
    String long64 = "a".repeat(64);
    for (String id : List.of(long64, "a b", "a/b", "a\\\"b", "a\\nb", "-a", "é")) {
      assertThat(Readings.problems("- {id: \"" + id + "\", endpoint: 'http://a.b'}"))
          .singleElement()
          .asString()
          .startsWith("test:1: #1: id: a site id is 1 to 63 of letters, digits")
          .doesNotContain("\n");
    }
    assertThat(Readings.sites("- {id: " + "a".repeat(63) + ", endpoint: 'http://a.b'}")).hasSize(1);
  }

  @Test
  void tellsAHundredProblemsAtMost() {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, 101).forEach(i -> text.append("- id: s").append(i).append('\n'));
    List<String> problems = Readings.problems(text.toString());
    assertThat(problems).hasSize(SiteReader.PROBLEMS_MAX);
    assertThat(problems.getLast())
        .isEqualTo("test:100: s99: endpoint: is missing: such as https://example.com/");
  }

  @Test
  void saysWhichLineIsNoYamlOrNoJson() {
    assertThat(Readings.problems("sites:\n  - id: [a\n  - b"))
        .singleElement()
        .asString()
        .startsWith("test:3: not YAML: ");
    assertThat(Readings.problems("{\"sites\":\n [{\"id\" \"a\"}]}"))
        .singleElement()
        .asString()
        .startsWith("test:2: not JSON: ");
    assertThat(Readings.problems("sites: []\n---\nsites: []"))
        .containsExactly("test:3: a second document begins; one text has one");
    assertThat(Readings.problems("sites: !!set {}"))
        .singleElement()
        .asString()
        .startsWith("test:1: tags such as ");
    assertThat(Readings.problems("{\"sites\":[]} []")).singleElement().asString().contains("JSON");
  }

  @Test
  void saysWhatATextWithoutSitesShouldBe() {
    String none = "test:1: has no sites; a text without any says sites: []";
    assertThat(Readings.problems("")).containsExactly(none);
    assertThat(Readings.problems("# nothing")).containsExactly(none);
    assertThat(Readings.problems("{}")).containsExactly(none);
    assertThat(Readings.problems("site: []"))
        .containsExactly("test:1: site: is no field here; did you mean sites?");
    assertThat(Readings.problems("sites:")).containsExactly("test:1: sites: is a list");
    assertThat(Readings.problems("sites: []\nother: 1"))
        .containsExactly("test:2: other: is no field here; beside sites there is none");
    assertThat(Readings.problems("hello"))
        .containsExactly("test:1: is no list of sites; a text begins with sites: or with [");
  }
}
