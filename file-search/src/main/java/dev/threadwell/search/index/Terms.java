package dev.threadwell.search.index;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
 * The terms of a text: the stems of English words, and Chinese, Japanese and Korean characters one
 * and two at a time.
 */
final class Terms extends Analyzer {

    private static final int ALL_SCRIPTS =
            CJKBigramFilter.HAN
                    | CJKBigramFilter.HIRAGANA
                    | CJKBigramFilter.KATAKANA
                    | CJKBigramFilter.HANGUL;

    /** What questions are made of, and what says nothing of an answer. */
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

    /** The terms of a query, each once, so many at most. */
    List<String> of(String field, String query, int most) throws IOException {
        Set<String> terms = new LinkedHashSet<>();
        try (TokenStream stream = tokenStream(field, query)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (terms.size() < most && stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        }
        return List.copyOf(terms);
    }
}
