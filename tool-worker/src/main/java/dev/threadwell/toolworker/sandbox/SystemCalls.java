package dev.threadwell.toolworker.sandbox;

import java.util.List;

/**
 * The numbers of the system calls that the filter refuses or checks, by architecture.
 *
 * @param auditArch the kernel's audit constant of the architecture
 * @param refused calls that programs inside do not need: they inspect or change the system, other
 *     processes or the kernel, or create namespaces
 */
record SystemCalls(
        int auditArch,
        int cloneCall,
        int ioctl,
        int socket,
        int socketPair,
        List<Integer> refused) {

    /** From 424 on, both architectures use the same numbers. */
    private static final List<Integer> REFUSED_EVERYWHERE =
            List.of(
                    425, 426, 427, // io_uring
                    428, 429, 430, 431, 432, 433, 442, // the new mount calls
                    438, // pidfd_getfd
                    440, // process_madvise
                    443, // quotactl_fd
                    447); // memfd_secret

    static final SystemCalls X86_64 =
            new SystemCalls(
                    0xC000003E,
                    56,
                    16,
                    41,
                    53,
                    List.of(
                            101, 310, 311, 312, // ptrace, process_vm_readv and _writev, kcmp
                            165, 166, 155, 161, // mount, umount2, pivot_root, chroot
                            272, 308, // unshare, setns
                            321, 298, 323, // bpf, perf_event_open, userfaultfd
                            248, 249, 250, // kernel keyring
                            133, 259, 303, 304, // mknod, mknodat, file handles
                            174, 175, 176, 313, 246, 320, // modules, kexec
                            169, 167, 168, 163, // reboot, swap, acct
                            170, 171, 103, 179, // host and domain name, syslog, quotactl
                            164, 227, 305, 159, // the clock
                            135, 172, 173, 154, // personality, iopl, ioperm, modify_ldt
                            212, 153, 180, 134, 136, 139, 156, // lookup_dcookie, obsolete calls
                            279, 256, 300)); // move_pages, migrate_pages, fanotify_init

    static final SystemCalls AARCH64 =
            new SystemCalls(
                    0xC00000B7,
                    220,
                    29,
                    198,
                    199,
                    List.of(
                            117, 270, 271, 272, // ptrace, process_vm_readv and _writev, kcmp
                            40, 39, 41, 51, // mount, umount2, pivot_root, chroot
                            97, 268, // unshare, setns
                            280, 241, 282, // bpf, perf_event_open, userfaultfd
                            217, 218, 219, // kernel keyring
                            33, 264, 265, // mknodat, file handles
                            105, 106, 273, 104, 294, // modules, kexec
                            142, 224, 225, 89, // reboot, swap, acct
                            161, 162, 116, 60, // host and domain name, syslog, quotactl
                            170, 112, 266, 171, // the clock
                            92, // personality
                            18, 58, 42, // lookup_dcookie, vhangup, nfsservctl
                            239, 238, 262)); // move_pages, migrate_pages, fanotify_init

    static final List<Integer> refusedEverywhere() {
        return REFUSED_EVERYWHERE;
    }

    /** The system calls of this machine's architecture. */
    static SystemCalls ofThisMachine() {
        String architecture = System.getProperty("os.arch");
        return switch (architecture) {
            case "amd64" -> X86_64;
            case "aarch64" -> AARCH64;
            default ->
                    throw new SandboxUnavailable(
                            "There is no filter of system calls for " + architecture + ".");
        };
    }
}
