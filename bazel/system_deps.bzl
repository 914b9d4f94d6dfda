"""Every external repository this workspace needs, from Debian packages only.

Bazel 4.2.3 declares rules_cc, rules_java, rules_proto and remote_java_tools_*
in its DEFAULT.WORKSPACE.SUFFIX through maybe(http_archive, ...). A definition
with the same name here comes first, so nothing is downloaded.
"""

load("//bazel:system_library.bzl", "compat_repository", "system_abseil", "system_library")

def system_deps():
    # --- rule sets: only re-exports of what is native in Bazel 4.
    # (Debian's package bazel-rules-cc 0.0.4 does not load under Debian's bazel
    # 4.2.3: it wants use_cpp_toolchain from a newer @bazel_tools.)
    compat_repository(
        name = "rules_cc",
        rules = {"cc/defs.bzl": [
            "cc_binary",
            "cc_import",
            "cc_library",
            "cc_proto_library",
            "cc_test",
            "cc_toolchain",
            "cc_toolchain_suite",
            "fdo_prefetch_hints",
            "fdo_profile",
            "objc_import",
            "objc_library",
        ]},
    )
    compat_repository(
        name = "rules_java",
        rules = {"java/defs.bzl": [
            "java_binary",
            "java_import",
            "java_library",
            "java_lite_proto_library",
            "java_package_configuration",
            "java_plugin",
            "java_proto_library",
            "java_runtime",
            "java_test",
            "java_toolchain",
        ]},
    )
    compat_repository(
        name = "rules_shell",
        rules = {
            "shell/sh_binary.bzl": ["sh_binary"],
            "shell/sh_library.bzl": ["sh_library"],
            "shell/sh_test.bzl": ["sh_test"],
        },
    )
    compat_repository(
        name = "rules_python",
        rules = {"python/defs.bzl": ["py_binary", "py_library", "py_test"]},
    )

    # /usr/bin/python3 for py_test; Bazel's own stub asks for "python". In a
    # repository, not in //bazel, as newer Bazel has no such @bazel_tools file.
    system_library(name = "system_python", build_file = "//bazel:overlays/python.BUILD")
    native.register_toolchains("@system_python//:python3_toolchain")

    # Every test depends on this one, with or without coverage; upstream is a
    # Java zip to download.
    system_library(
        name = "remote_coverage_tools",
        build_file = "//bazel:overlays/coverage_tools.BUILD",
    )

    # --- libraries
    system_abseil(name = "com_google_absl")
    system_library(
        name = "liburing",
        apt = "liburing-dev",
        build_file = "//bazel:overlays/liburing.BUILD",
        links = {
            "include/liburing.h": "/usr/include/liburing.h",
            "include/liburing": "/usr/include/liburing",
        },
    )
    system_library(
        name = "com_google_googletest",
        apt = "libgtest-dev libgmock-dev googletest",
        build_file = "//bazel:overlays/googletest.BUILD",
        links = {
            "include/gtest": "/usr/include/gtest",
            "include/gmock": "/usr/include/gmock",
            "gt/src": "/usr/src/googletest/googletest/src",
            "gm/src": "/usr/src/googletest/googlemock/src",
        },
    )
    system_library(
        name = "fmt",
        apt = "libfmt-dev",
        build_file = "//bazel:overlays/fmt.BUILD",
        links = {"include/fmt": "/usr/include/fmt"},
    )
    system_library(
        name = "cli11",
        apt = "libcli11-dev",
        build_file = "//bazel:overlays/cli11.BUILD",
        links = {"include/CLI": "/usr/include/CLI"},
    )
    system_library(
        name = "rapidjson",
        apt = "rapidjson-dev",
        build_file = "//bazel:overlays/rapidjson.BUILD",
        links = {"include/rapidjson": "/usr/include/rapidjson"},
    )
    system_library(
        name = "libsystemd",
        apt = "libsystemd-dev",
        build_file = "//bazel:overlays/libsystemd.BUILD",
        links = {"include/systemd": "/usr/include/systemd"},
    )
    system_library(
        name = "tomlplusplus",
        apt = "libtomlplusplus-dev",
        build_file = "//bazel:overlays/tomlplusplus.BUILD",
        links = {"include/toml++": "/usr/include/toml++"},
    )
    system_library(
        name = "sgutils",
        apt = "libsgutils2-dev",
        build_file = "//bazel:overlays/sgutils.BUILD",
        links = {"include/scsi": "/usr/include/scsi"},
    )
    system_library(
        name = "devmapper",
        apt = "libdevmapper-dev",
        build_file = "//bazel:overlays/devmapper.BUILD",
        links = {"include/libdevmapper.h": "/usr/include/libdevmapper.h"},
    )
    system_library(
        name = "ncurses",
        apt = "libncurses-dev",
        build_file = "//bazel:overlays/ncurses.BUILD",
        links = {
            "include/curses.h": "/usr/include/curses.h",
            "include/ncurses_dll.h": "/usr/include/ncurses_dll.h",
            "include/unctrl.h": "/usr/include/unctrl.h",
        },
    )
    system_library(
        name = "libarchive",
        apt = "libarchive-dev",
        build_file = "//bazel:overlays/libarchive.BUILD",
        links = {
            "include/archive.h": "/usr/include/archive.h",
            "include/archive_entry.h": "/usr/include/archive_entry.h",
        },
    )
    system_library(
        name = "prometheus_cpp",
        apt = "prometheus-cpp-dev",
        build_file = "//bazel:overlays/prometheus_cpp.BUILD",
        links = {"include/prometheus": "/usr/include/prometheus"},
    )
    system_library(
        name = "civetweb",
        apt = "libcivetweb-dev",
        build_file = "//bazel:overlays/civetweb.BUILD",
        links = {"include/civetweb.h": "/usr/include/civetweb.h"},
    )
    system_library(
        name = "zlib",
        apt = "zlib1g-dev",
        build_file = "//bazel:overlays/zlib.BUILD",
        links = {
            "include/zconf.h": "/usr/include/zconf.h",
            "include/zlib.h": "/usr/include/zlib.h",
        },
    )
