package dev.threadwell.search.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Analyzer that splits a text into terms, namely stems of English words and unigrams and bigrams of
 * Chinese, Japanese and Korean characters. Holds the parameters of their BM25 score.
 */
final class Terms extends Analyzer {

    /** BM25's k1: how soon further occurrences of a term stop to count. */
    static final float SATURATION = 0.3f;

    /** BM25's b: how much a long text is penalized, between 0 and 1. */
    static final float LENGTH_COUNTS = 0.5f;

    private static final int MAX_OF_A_QUERY = 128;

    private static final int ALL_SCRIPTS =
            CJKBigramFilter.HAN
                    | CJKBigramFilter.HIRAGANA
                    | CJKBigramFilter.KATAKANA
                    | CJKBigramFilter.HANGUL;

    /** Words that questions consist of and that do not help to find an answer. */
    private static final List<String> QUESTION_WORDS =
            List.of(
                    "how", "what", "who", "whom", "whose", "when", "where", "why", "which", "do",
                    "does", "did", "can", "could", "may", "should", "would", "i", "me", "my", "we",
                    "us", "our", "you", "your", "he", "she", "his", "her", "its", "them", "have",
                    "has", "had", "am", "were", "been", "get", "from", "about", "than", "any");

    private static final CharArraySet UNTELLING = untelling();

    private static CharArraySet untelling() {
        CharArraySet words = new CharArraySet(QUESTION_WORDS, false);
        words.addAll(EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
        return CharArraySet.unmodifiableSet(words);
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer words = new StandardTokenizer();
        TokenStream plain = new LowerCaseFilter(new CJKWidthFilter(words));
        TokenStream pairs = new CJKBigramFilter(plain, ALL_SCRIPTS, true);
        TokenStream telling = new StopFilter(pairs, UNTELLING);
        return new TokenStreamComponents(words, new PorterStemFilter(telling));
    }

    /**
     * BM25's inverse document frequency of a term that occurs in {@code having} of {@code texts}
     * texts.
     */
    static double rarity(long texts, long having) {
        return Math.log(1 + (texts - having + 0.5) / (having + 0.5));
    }

    /** The distinct terms of a query; of a very long query, the first ones. */
    List<String> of(String query) throws IOException {
        return all(query).stream().distinct().limit(MAX_OF_A_QUERY).toList();
    }

    /** The terms of a text, including repetitions. */
    List<String> all(String text) throws IOException {
        List<String> terms = new ArrayList<>();
        try (TokenStream stream = tokenStream("text", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        }
        return terms;
    }
}
