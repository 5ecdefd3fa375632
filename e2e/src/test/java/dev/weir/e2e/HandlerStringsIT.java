// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.deployment.GuideParameters;
import dev.weir.e2e.deployment.Stack;
import dev.weir.e2e.deployment.Template;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every handler string of a template names what is in the function's zip. */
class HandlerStringsIT {

  private static final long ZIP_BYTES_MAX = 30L << 20;

  @TempDir private Path folder;

  static List<DeployedFunction> functions() {
    List<DeployedFunction> functions = new ArrayList<>();
    for (Template template : Template.all()) {
      Stack stack = template.stack(GuideParameters.SIX);
      stack
          .functions()
          .forEach(name -> functions.add(new DeployedFunction(template + "/" + name, stack, name)));
    }
    return functions;
  }

  record DeployedFunction(String where, Stack stack, String name) {
    @Override
    public String toString() {
      return where;
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void namesAMethodThatLambdaCanCall(DeployedFunction function) throws Exception {
    String[] handler = function.stack().handler(function.name()).split("::");
    assertThat(handler).as("class::method of %s", function).hasSize(2);
    LambdaRuntime.unpack(function.stack().code(function.name()), folder);
    // The platform's loader as parent: nothing of this test is seen.
    try (URLClassLoader loader =
        new URLClassLoader(classpath(), ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass(handler[0]);
      assertThat(Modifier.isPublic(type.getModifiers())).as("%s is public", type).isTrue();
      assertThat(type.getConstructor()).isNotNull();
      assertThat(type.getMethods()).extracting(Method::getName).contains(handler[1]);
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void isSmallAndWithoutADatabase(DeployedFunction function) throws IOException {
    Path zip = function.stack().code(function.name());
    assertThat(Files.size(zip)).as("bytes of %s", zip).isLessThanOrEqualTo(ZIP_BYTES_MAX);
    LambdaRuntime.unpack(zip, folder);
    assertThat(files())
        .extracting(file -> file.getFileName().toString().toLowerCase(Locale.ROOT))
        .isNotEmpty()
        .noneMatch(name -> name.contains("duckdb"));
  }

  /** As Lambda puts it together: the root, then the jars in lib. */
  private URL[] classpath() throws IOException {
    List<URL> urls = new ArrayList<>(List.of(folder.toUri().toURL()));
    for (Path file : files()) {
      if (file.toString().endsWith(".jar")) {
        urls.add(file.toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
