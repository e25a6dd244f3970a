package dev.threadwell.toolworker.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/**
 * Writes the seccomp filter, a classic BPF program that the kernel runs before each system call.
 */
final class SystemCallFilter {

    private static final int LOAD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_GREATER = 0x25;
    private static final int JUMP_IF_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    private static final int ALLOW = 0x7FFF0000;
    private static final int KILL = 0x80000000;
    private static final int ERROR = 0x00050000;

    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;

    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;

    /**
     * Fails with ENOSYS, so that programs fall back to the older clone, whose flags a filter can
     * check.
     */
    private static final int CLONE3 = 435;

    /** Newer system calls are refused, because they have not been reviewed. */
    private static final int NEWEST_KNOWN = 462;

    private static final int NEW_NAMESPACES = 0x7E020000;
    private static final int AF_UNIX = 1;
    private static final int TIOCSTI = 0x5412;
    private static final int TIOCLINUX = 0x541C;

    private final ByteArrayOutputStream program = new ByteArrayOutputStream();

    private SystemCallFilter() {}

    static byte[] of(SystemCalls calls) {
        var filter = new SystemCallFilter();
        filter.write(calls);
        return filter.program.toByteArray();
    }

    private void write(SystemCalls calls) {
        instruction(LOAD, 0, 0, ARCHITECTURE);
        instruction(JUMP_IF_EQUAL, 1, 0, calls.auditArch());
        instruction(RETURN, 0, 0, KILL);
        instruction(LOAD, 0, 0, NUMBER);
        instruction(JUMP_IF_GREATER, 0, 1, NEWEST_KNOWN);
        instruction(RETURN, 0, 0, ERROR | ENOSYS);
        refuse(CLONE3, ENOSYS);
        IntStream.concat(
                        calls.refused().stream().mapToInt(Integer::intValue),
                        SystemCalls.refusedEverywhere().stream().mapToInt(Integer::intValue))
                .forEach(number -> refuse(number, EPERM));
        refuse(calls.cloneCall(), 0, Condition.anyOf(NEW_NAMESPACES), EPERM);
        refuse(calls.ioctl(), 1, Condition.is(TIOCSTI), EPERM);
        refuse(calls.ioctl(), 1, Condition.is(TIOCLINUX), EPERM);
        refuse(calls.socket(), 0, Condition.isNot(AF_UNIX), EAFNOSUPPORT);
        refuse(calls.socketPair(), 0, Condition.isNot(AF_UNIX), EAFNOSUPPORT);
        instruction(RETURN, 0, 0, ALLOW);
    }

    private void refuse(int number, int error) {
        instruction(JUMP_IF_EQUAL, 0, 1, number);
        instruction(RETURN, 0, 0, ERROR | error);
    }

    private void refuse(int number, int argument, Condition condition, int error) {
        instruction(JUMP_IF_EQUAL, 0, 4, number);
        instruction(LOAD, 0, 0, offset(argument));
        instruction(
                condition.jump(),
                condition.refused() ? 0 : 1,
                condition.refused() ? 1 : 0,
                condition.value());
        instruction(RETURN, 0, 0, ERROR | error);
        instruction(LOAD, 0, 0, NUMBER);
    }

    /**
     * The values of an argument that are refused.
     *
     * @param refused whether the values that the jump matches are refused, or all others
     */
    private record Condition(int jump, int value, boolean refused) {

        static Condition anyOf(int bits) {
            return new Condition(JUMP_IF_ANY_BIT, bits, true);
        }

        static Condition is(int value) {
            return new Condition(JUMP_IF_EQUAL, value, true);
        }

        static Condition isNot(int value) {
            return new Condition(JUMP_IF_EQUAL, value, false);
        }
    }

    /** The lower half of an argument; for these arguments the kernel ignores the upper half. */
    private static int offset(int argument) {
        return 16 + 8 * argument;
    }

    private void instruction(int code, int ifTrue, int ifFalse, int value) {
        program.writeBytes(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) code)
                        .put((byte) ifTrue)
                        .put((byte) ifFalse)
                        .putInt(value)
                        .array());
    }
}
