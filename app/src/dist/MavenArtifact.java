// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A jar's coordinates and licences, from the pom beside it in Maven's local repository. */
record MavenArtifact(
    String group, String name, String version, String classifier, List<Licence> licences) {

  private static final String OWN_GROUP = "dev.weir";
  private static final Licence OWN_LICENCE =
      new Licence("Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0");

  record Licence(String name, String url) {}

  /**
   * Finds it.
   *
   * @param ownVersion that of Weir's own jars, which stand in the build's folders
   * @throws IllegalStateException for a jar that is nobody's
   */
  static MavenArtifact of(String jar, List<Path> classPath, String ownVersion) throws Exception {
    if (jar.startsWith("weir-")) {
      String stem = jar.substring(0, jar.length() - ".jar".length());
      int at = stem.indexOf("-" + ownVersion);
      String rest = stem.substring(at + 1 + ownVersion.length());
      return new MavenArtifact(
          OWN_GROUP,
          stem.substring(0, at),
          ownVersion,
          rest.isEmpty() ? "" : rest.substring(1),
          List.of(OWN_LICENCE));
    }
    Path file =
        classPath.stream()
            .filter(path -> path.getFileName().toString().equals(jar))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no class path of Maven's has " + jar));
    Path pom = file.resolveSibling(jar.replaceFirst("\\.jar$", ".pom"));
    String version = file.getParent().getFileName().toString();
    String name = file.getParent().getParent().getFileName().toString();
    Element project = read(pom);
    String group =
        text(project, "groupId")
            .or(() -> child(project, "parent").flatMap(parent -> text(parent, "groupId")))
            .orElseThrow();
    Path repository = file.getParent().getParent().getParent();
    for (int part = group.split("\\.").length; part > 0; part--) {
      repository = repository.getParent();
    }
    return new MavenArtifact(group, name, version, "", licences(project, repository));
  }

  /** As package URLs have them. */
  String packageUrl() {
    String suffix = classifier.isEmpty() ? "" : "?classifier=" + classifier;
    return "pkg:maven/" + group + "/" + name + "@" + version + suffix;
  }

  /** A pom without licences has its parent's. */
  private static List<Licence> licences(Element project, Path repository) throws Exception {
    Optional<Element> stated = child(project, "licenses");
    if (stated.isPresent()) {
      List<Licence> licences = new ArrayList<>();
      for (Element licence : children(stated.get())) {
        licences.add(
            new Licence(text(licence, "name").orElse("unnamed"), text(licence, "url").orElse("")));
      }
      return licences;
    }
    Optional<Element> parent = child(project, "parent");
    if (parent.isEmpty()) {
      return List.of();
    }
    String name = text(parent.get(), "artifactId").orElseThrow();
    String version = text(parent.get(), "version").orElseThrow();
    Path pom =
        repository
            .resolve(text(parent.get(), "groupId").orElseThrow().replace('.', '/'))
            .resolve(name)
            .resolve(version)
            .resolve(name + "-" + version + ".pom");
    return Files.exists(pom) ? licences(read(pom), repository) : List.of();
  }

  private static Element read(Path pom) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
  }

  private static Optional<String> text(Element of, String name) {
    return child(of, name).map(element -> element.getTextContent().strip());
  }

  private static Optional<Element> child(Element of, String name) {
    return children(of).stream().filter(element -> element.getTagName().equals(name)).findFirst();
  }

  private static List<Element> children(Element of) {
    List<Element> children = new ArrayList<>();
    for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }
}
