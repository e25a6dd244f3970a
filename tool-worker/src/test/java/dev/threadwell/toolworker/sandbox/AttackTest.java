package dev.threadwell.toolworker.sandbox;

import static dev.threadwell.toolworker.sandbox.SandboxForTests.LIMITS;
import static dev.threadwell.toolworker.sandbox.SandboxForTests.python;
import static dev.threadwell.toolworker.sandbox.SandboxForTests.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile program tries to see, to reach or to become. */
@Tag("server")
class AttackTest {

    private static Sandbox sandbox;

    /** Says what came of an attempt: {@code refused} and the error's name, or what it returned. */
    private static final String ATTEMPT =
            """
            import ctypes, errno, os, socket, struct, sys
            libc = ctypes.CDLL(None, use_errno=True)
            def attempt(action):
                try:
                    print('done', action())
                except OSError as error:
                    print('refused', errno.errorcode.get(error.errno, error))
            def call(name, *arguments):
                if getattr(libc, name)(*arguments) == -1:
                    raise OSError(ctypes.get_errno(), name)
            def syscall(number, *arguments):
                if libc.syscall(number, *arguments) == -1:
                    raise OSError(ctypes.get_errno(), number)
            """;

    @BeforeAll
    static void open() {
        sandbox = SandboxForTests.sandbox();
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    private static String attempted(String code) {
        var outcome = run(sandbox, python(LIMITS, ATTEMPT + code));
        assertThat(outcome.errors()).isEmpty();
        return outcome.output();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "/etc/shadow",
                "/etc/hostname",
                "/root",
                "/home",
                "/sys",
                "/var",
                "/run",
                "/boot",
                "/opt",
                "/dev/vda",
                "/dev/kmsg",
                "/dev/mem"
            })
    void theHostsFilesAreNotThere(String path) {
        assertThat(attempted("attempt(lambda: os.stat('" + path + "'))"))
                .isEqualTo("refused ENOENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/usr", "/usr/bin", "/etc", "/dev", "/mnt", "/proc", "/lib"})
    void nothingCanBeWrittenOutsideOfItsOwnFiles(String directory) {
        assertThat(attempted("attempt(lambda: open('" + directory + "/x', 'w'))"))
                .startsWith("refused")
                .containsAnyOf("EROFS", "EACCES", "ENOENT", "EPERM");
    }

    @Test
    void noProcessShowsTheHostsEnvironmentOrOurCommandLine() {
        assertThat(
                        attempted(
                                """
                                for process in sorted(p for p in os.listdir('/proc') if p.isdigit()):
                                    for what in ('environ', 'cmdline'):
                                        try:
                                            print(open(f'/proc/{process}/{what}').read())
                                        except OSError:
                                            pass
                                """))
                .contains("bwrap")
                .doesNotContain(System.getProperty("user.dir"))
                .doesNotContain("JAVA_HOME", "HOME=/root", "threadwell", "/tmp/");
    }

    @Test
    void noProcessOfTheHostIsSeen() {
        assertThat(attempted("print(sorted(int(p) for p in os.listdir('/proc') if p.isdigit()))"))
                .matches("\\[1, \\d+]");
    }

    @Test
    void noFileIsOpenThatItWasNotGiven() {
        assertThat(
                        attempted(
                                """
                                for fd in sorted(map(int, os.listdir('/proc/self/fd'))):
                                    try:
                                        print(fd, os.readlink(f'/proc/self/fd/{fd}').split(':')[0])
                                    except OSError:
                                        pass
                                """))
                .isEqualTo("0 pipe\n1 pipe\n2 pipe");
    }

    @Test
    void aServiceOfTheHostIsNotReached() throws IOException {
        try (var service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(
                            attempted(
                                    """
                                    attempt(lambda: socket.create_connection(('127.0.0.1', %d), 2))
                                    """
                                            .formatted(service.getLocalPort())))
                    .isEqualTo("refused EAFNOSUPPORT");
        }
    }

    @Test
    void aSocketInTheHostsFilesIsNotReached(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("s");
        try (var service = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            service.bind(UnixDomainSocketAddress.of(path));
            assertThat(
                            attempted(
                                    "attempt(lambda: socket.socket(socket.AF_UNIX).connect('%s'))"
                                            .formatted(path)))
                    .isEqualTo("refused ENOENT");
        }
    }

    @Test
    void anAbstractSocketOfTheHostIsNotReached() throws IOException, InterruptedException {
        String name = "threadwell-attack-" + ProcessHandle.current().pid();
        String listen =
                "import socket,sys;s=socket.socket(socket.AF_UNIX);s.bind('\\0%s');".formatted(name)
                        + "s.listen();print('up',flush=True);sys.stdin.read()";
        Process service = new ProcessBuilder("/usr/bin/python3", "-I", "-c", listen).start();
        try {
            assertThat(service.inputReader().readLine()).isEqualTo("up");
            assertThat(
                            attempted(
                                    """
                                    s = socket.socket(socket.AF_UNIX)
                                    attempt(lambda: s.connect('\\0%s'))
                                    """
                                            .formatted(name)))
                    .isEqualTo("refused ECONNREFUSED");
        } finally {
            service.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AF_INET, SOCK_STREAM",
                "AF_INET, SOCK_DGRAM",
                "AF_INET6, SOCK_STREAM",
                "AF_VSOCK, SOCK_STREAM",
                "AF_NETLINK, SOCK_RAW",
                "AF_PACKET, SOCK_RAW",
                "AF_ALG, SOCK_SEQPACKET"
            })
    void thereAreOnlySocketsWithinTheSandbox(String kind) {
        String[] words = kind.split(", ");
        assertThat(
                        attempted(
                                "attempt(lambda: socket.socket(socket.%s, socket.%s))"
                                        .formatted(words[0], words[1])))
                .isEqualTo("refused EAFNOSUPPORT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call('ptrace', 16, 1, 0, 0)",
                "call('mount', b'none', b'/mnt/data', b'tmpfs', 0, None)",
                "call('umount2', b'/mnt/data', 2)",
                "call('pivot_root', b'/', b'/')",
                "call('chroot', b'/tmp')",
                "call('unshare', 0x10000000)",
                "call('unshare', 0x00020000)",
                "call('setns', 0, 0)",
                "syscall(425, 8, None)",
                "syscall(428, -100, b'/', 0)",
                "syscall(430, b'tmpfs', 0)",
                "syscall(442, -100, b'/', 0, None, 0)",
                "os.mknod('/mnt/data/null', 0o20666, os.makedev(1, 3))",
                "os.mkfifo('/mnt/data/pipe')",
                "call('sethostname', b'x', 1)",
                "call('reboot', 0)",
                "call('swapon', b'/tmp/x', 0)",
                "call('init_module', None, 0, b'')",
                "call('open_by_handle_at', 3, None, 0)",
                "call('fanotify_init', 0, 0)",
                "call('personality', 0x0040000)"
            })
    void theKernelRefusesWhatNothingInsideNeeds(String action) {
        assertThat(attempted("attempt(lambda: " + action + ")")).isEqualTo("refused EPERM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bpf=321/280",
                "perf_event_open=298/241",
                "userfaultfd=323/282",
                "keyctl=250/219",
                "add_key=248/217",
                "kexec_load=246/104",
                "kcmp=312/272",
                "process_vm_readv=310/270",
                "memfd_secret=447/447",
                "io_uring_enter=426/426"
            })
    void theKernelRefusesCallsThatHaveNoFunction(String name) {
        String[] numbers = name.substring(name.indexOf('=') + 1).split("/");
        String number = numbers["amd64".equals(System.getProperty("os.arch")) ? 0 : 1];
        assertThat(attempted("attempt(lambda: syscall(" + number + ", 0, 0, 0, 0, 0))"))
                .isEqualTo("refused EPERM");
    }

    @Test
    void aNewNamespaceCannotBeClonedEither() {
        String clone = "amd64".equals(System.getProperty("os.arch")) ? "56" : "220";
        assertThat(
                        attempted(
                                "attempt(lambda: syscall(%s, 0x10000011, 0, 0, 0, 0))\n"
                                                .formatted(clone)
                                        + "attempt(lambda: syscall(435, 0, 0))\n"
                                        + "attempt(lambda: syscall(9999, 0))"))
                .isEqualTo("refused EPERM\nrefused ENOSYS\nrefused ENOSYS");
    }

    @Test
    void nothingCanBeTypedIntoATerminal() {
        assertThat(
                        attempted(
                                """
                                import fcntl
                                master, slave = os.openpty()
                                attempt(lambda: fcntl.ioctl(slave, 0x5412, b'x'))
                                """))
                .isEqualTo("refused EPERM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "os.setuid(0)",
                "os.setgid(0)",
                "os.setgroups([0])",
                "os.nice(-10)",
                "os.link('/usr/bin/true', '/mnt/data/true')",
                "os.chown('/mnt/data', 0, 0)",
                "call('prctl', 24, 0, 0, 0, 0)"
            })
    void itBecomesNobodyElse(String action) {
        assertThat(attempted("attempt(lambda: " + action + ")")).startsWith("refused");
    }

    @Test
    void limitsCannotBeRaised() {
        assertThat(
                        attempted(
                                """
                                import resource
                                for limit in ('NPROC', 'AS', 'FSIZE', 'CPU', 'NOFILE', 'CORE', 'MEMLOCK'):
                                    which = getattr(resource, 'RLIMIT_' + limit)
                                    soft, hard = resource.getrlimit(which)
                                    try:
                                        resource.setrlimit(which, (hard + 1, hard + 1))
                                        print('raised', limit)
                                    except (OSError, ValueError):
                                        pass
                                """))
                .isEmpty();
    }

    @Test
    void itHasNoCapabilitiesAndGainsNone() {
        assertThat(
                        attempted(
                                """
                                for line in open('/proc/self/status'):
                                    if line.startswith(('Cap', 'NoNewPrivs', 'Seccomp:')):
                                        print(line.replace('\\t', ' ').strip())
                                """))
                .isEqualTo(
                        """
                        CapInh: 0000000000000000
                        CapPrm: 0000000000000000
                        CapEff: 0000000000000000
                        CapBnd: 0000000000000000
                        CapAmb: 0000000000000000
                        NoNewPrivs: 1
                        Seccomp: 2""");
    }

    @Test
    void aProgramMarkedToRunAsItsOwnerDoesNot() {
        assertThat(
                        attempted(
                                """
                                import shutil, subprocess
                                shutil.copy('/usr/bin/id', '/mnt/data/id')
                                os.chmod('/mnt/data/id', 0o6755)
                                print(subprocess.run(['/mnt/data/id', '-u'], capture_output=True, text=True).stdout)
                                print('nosuid' in next(l for l in open('/proc/mounts') if ' /mnt/data ' in l))
                                """))
                .isEqualTo("1000\n\nTrue");
    }

    @Test
    void itIsUnderAUidThatIsNeitherRootNorOurs() {
        assertThat(attempted("print(open('/proc/self/uid_map').read().split()[1:])"))
                .isEqualTo("['0', '1']");
        assertThat(attempted("print(os.getuid())")).isEqualTo("1000");
    }
}
