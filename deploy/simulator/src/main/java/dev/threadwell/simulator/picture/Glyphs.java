package dev.threadwell.simulator.picture;

import java.util.HexFormat;

/**
 * A font of 5 × 7 dots for ASCII, so that pictures need no fonts of the machine. Other characters
 * are boxes.
 */
final class Glyphs {

    static final int WIDTH = 5;
    static final int HEIGHT = 7;

    private static final char FIRST = ' ';

    /** Five columns a character, from the space to the tilde; the lowest bit is the top dot. */
    private static final byte[] COLUMNS =
            HexFormat.of()
                    .parseHex(
                            "000000000000005f00000007000700147f147f14242a7f2a122313086462"
                                    + "36495620500008070300001c2241000041221c002a1c7f1c2a08083e0808"
                                    + "00403010000808080808000060600020100804023e5149453e00427f4000"
                                    + "72494949462141494d331814127f1027454545393c4a4949314121110907"
                                    + "3649494936464949291e0000140000004034000000081422411414141414"
                                    + "004122140802015909063e415d594e7c1211127c7f494949363e41414122"
                                    + "7f4141413e7f494949417f090909013e414151737f0808087f00417f4100"
                                    + "2040413f017f081422417f404040407f021c027f7f0408107f3e4141413e"
                                    + "7f090909063e4151215e7f09192946264949493203017f01033f4040403f"
                                    + "1f2040201f3f4038403f631408146303047804036159494d43007f414141"
                                    + "0204081020004141417f0402010204404040404000030708002054547840"
                                    + "7f284444383844444428384444287f385454541800087e09021854545c38"
                                    + "7f0804047800447d40002040403d007f1028440000417f40007c04780478"
                                    + "7c0804047838444444387c14141408081414147c7c080404084854545424"
                                    + "04043f44243c4040207c1c2040201c3c4030403c44281028440c5050503c"
                                    + "4464544c440008364100000077000000413608000201020402");

    private Glyphs() {}

    /** Whether the dot at this place of a character is set. */
    static boolean isSet(int character, int x, int y) {
        int glyph = character - FIRST;
        if (glyph < 0 || (glyph + 1) * WIDTH > COLUMNS.length) {
            return x == 0 || x == WIDTH - 1 || y == 0 || y == HEIGHT - 1;
        }
        return (COLUMNS[glyph * WIDTH + x] >> y & 1) == 1;
    }
}
