// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.address.AddressText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** A question in the DNS's own form, and the reading of its answer. Immutable. */
final class DnsQuestion {

  /** A message is at most so long over TCP, and shorter over UDP. */
  static final int BYTES_MAX = 65_535;

  private final Message query;
  private final byte[] wire;

  private DnsQuestion(Message query) {
    this.query = query;
    this.wire = query.toWire();
  }

  /**
   * Of class IN, with recursion wanted.
   *
   * @throws IllegalArgumentException where the name or the type is none
   */
  static DnsQuestion of(String name, String type) {
    int number = Type.value(type);
    if (number < 0) {
      throw new IllegalArgumentException(
          "'%s' is no type of the DNS; such as A, AAAA, MX, TXT".formatted(Excerpt.of(type)));
    }
    try {
      Record question = Record.newRecord(Name.fromString(name, Name.root), number, DClass.IN);
      return new DnsQuestion(Message.newQuery(question));
    } catch (TextParseException e) {
      throw new IllegalArgumentException(
          "'%s' is no name of the DNS".formatted(Excerpt.of(name)), e);
    }
  }

  /**
   * An answer.
   *
   * @param cutOff whether it did not fit and is to be asked for over TCP
   */
  record Answer(Reply.Dns reply, boolean cutOff) {}

  byte[] wire() {
    return wire;
  }

  /** With its length before it, as TCP wants it. */
  byte[] framed() {
    return ByteBuffer.allocate(wire.length + 2).putShort((short) wire.length).put(wire).array();
  }

  /** Whether this may be the answer: a response with the number of the question. */
  boolean isAnsweredBy(byte[] bytes) {
    if (bytes.length < Header.LENGTH) {
      return false;
    }
    int id = ByteBuffer.wrap(bytes).getShort() & 0xffff;
    return id == query.getHeader().getID() && (bytes[2] & 0x80) != 0;
  }

  /** Reads what {@link #isAnsweredBy} has let through. */
  Answer read(byte[] bytes, String server) throws Broken {
    Message message;
    try {
      message = new Message(bytes);
    } catch (IOException | RuntimeException e) {
      throw new Broken(
          ErrorClass.PROTOCOL, server + " answers with something that is not of the DNS");
    }
    Record asked = message.getQuestion();
    if (asked != null && !asked.equals(query.getQuestion())) {
      throw new Broken(ErrorClass.PROTOCOL, server + " answered something other than the question");
    }
    List<Record> answers = message.getSection(Section.ANSWER);
    return new Answer(
        new Reply.Dns(
            Rcode.string(message.getRcode()),
            answers.stream().map(DnsQuestion::text).toList(),
            message.getSection(Section.AUTHORITY).size(),
            message.getSection(Section.ADDITIONAL).size(),
            answers.stream()
                .filter(SOARecord.class::isInstance)
                .mapToLong(each -> ((SOARecord) each).getSerial())
                .findFirst()
                .orElse(-1)),
        message.getHeader().getFlag(Flags.TC));
  }

  /** As zone files have it, one tab between the parts. */
  private static String text(Record answer) {
    return "%s\t%d\t%s\t%s\t%s"
        .formatted(
            answer.getName(),
            answer.getTTL(),
            DClass.string(answer.getDClass()),
            Type.string(answer.getType()),
            data(answer));
  }

  private static String data(Record answer) {
    if (answer instanceof AAAARecord six) {
      String address = AddressText.of(six.getAddress());
      return address.contains(":") ? address : "::ffff:" + address; // Java has unpacked it.
    }
    return answer.rdataToString();
  }

  @Override
  public String toString() {
    return "%s %s"
        .formatted(query.getQuestion().getName(), Type.string(query.getQuestion().getType()));
  }
}
