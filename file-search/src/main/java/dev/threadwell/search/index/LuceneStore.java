package dev.threadwell.search.index;

import dev.threadwell.persistence.vectorstore.ChunkIndexQueries.Searchable;
import dev.threadwell.vectorstore.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * The Lucene index of one store. Each window of a chunk is a document; the first one also contains
 * the chunk's words.
 */
final class LuceneStore implements ChunkIndex.OfStore, AutoCloseable {

    /** The number of best hits by meaning and of best hits by words that are ranked together. */
    private static final int CANDIDATES = 200;

    private static final double WRITE_BUFFER_MEGABYTES = 16;

    /**
     * Documents between commits; after a crash, uncommitted ones are loaded from the rows again.
     */
    private static final int PUT_BETWEEN_COMMITS = 2_000;

    private static final String FILE_VERSION = "stay";
    private static final String N = "n";
    private static final String TEXT = "text";
    private static final String MEANING = "meaning:";

    private static final BM25Similarity SIMILARITY =
            new BM25Similarity(Terms.SATURATION, Terms.LENGTH_COUNTS, false);

    private final FSDirectory directory;
    private final Terms terms = new Terms();
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Lock filling = new ReentrantLock();

    /** The file versions that have been added; guarded by the filling lock. */
    private final Set<Long> written = new HashSet<>();

    /** The file versions visible to searches. */
    private volatile Set<Long> fileVersions = Set.of();

    private int uncommitted;

    LuceneStore(Path path) throws IOException {
        directory = FSDirectory.open(path);
        IndexWriterConfig config =
                new IndexWriterConfig(terms)
                        .setSimilarity(SIMILARITY)
                        .setCodec(new UnlimitedVectorsCodec())
                        .setRAMBufferSizeMB(WRITE_BUFFER_MEGABYTES);
        writer = new IndexWriter(directory, config);
        searchers = new SearcherManager(writer, new Searchers());
        readStays();
    }

    /** Searches on the caller's thread, so that concurrent searches share the cores fairly. */
    private static final class Searchers extends SearcherFactory {

        @Override
        public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setSimilarity(SIMILARITY);
            return searcher;
        }
    }

    private void readStays() throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                NumericDocValues values = leaf.reader().getNumericDocValues(FILE_VERSION);
                Bits live = leaf.reader().getLiveDocs();
                for (int doc = 0; values != null && doc < leaf.reader().maxDoc(); doc++) {
                    if ((live == null || live.get(doc)) && values.advanceExact(doc)) {
                        written.add(values.longValue());
                    }
                }
            }
            fileVersions = Set.copyOf(written);
        } finally {
            searchers.release(searcher);
        }
    }

    @Override
    public Lock filling() {
        return filling;
    }

    @Override
    public Set<Long> fileVersions() {
        return fileVersions;
    }

    @Override
    public void put(long fileVersion, List<Searchable> chunks) throws IOException {
        List<Document> documents = new ArrayList<>();
        for (Searchable chunk : chunks) {
            documents.addAll(documents(chunk));
        }
        writer.addDocuments(documents);
        written.add(fileVersion);
        uncommitted += documents.size();
        if (uncommitted >= PUT_BETWEEN_COMMITS) {
            writer.commit();
            uncommitted = 0;
        }
    }

    private static List<Document> documents(Searchable chunk) {
        Document first = document(chunk);
        first.add(new TextField(TEXT, chunk.text(), Field.Store.NO));
        List<Document> documents = new ArrayList<>();
        documents.add(first);
        Vectors vectors = chunk.vectors();
        if (vectors != null) {
            for (int w = 0; w < vectors.windows().size(); w++) {
                Document window = w == 0 ? first : document(chunk);
                window.add(
                        new KnnFloatVectorField(
                                MEANING + vectors.model(),
                                Vectors.unit(vectors.windows().get(w)),
                                VectorSimilarityFunction.DOT_PRODUCT));
                if (w > 0) {
                    documents.add(window);
                }
            }
        }
        return documents;
    }

    private static Document document(Searchable chunk) {
        Document document = new Document();
        document.add(new LongPoint(FILE_VERSION, chunk.fileVersion()));
        document.add(new NumericDocValuesField(FILE_VERSION, chunk.fileVersion()));
        document.add(new NumericDocValuesField(N, chunk.n()));
        return document;
    }

    @Override
    public void remove(Collection<Long> gone) throws IOException {
        if (!gone.isEmpty()) {
            writer.deleteDocuments(LongPoint.newSetQuery(FILE_VERSION, List.copyOf(gone)));
            written.removeAll(Set.copyOf(gone));
        }
    }

    @Override
    public void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
        fileVersions = Set.copyOf(written);
    }

    @Override
    public List<ChunkIndex.Hit> search(
            String query, @Nullable Vectors meaning, @Nullable Set<Long> only) throws IOException {
        Query filter = only == null ? null : LongPoint.newSetQuery(FILE_VERSION, List.copyOf(only));
        IndexSearcher searcher = searchers.acquire();
        try {
            Hits hits = new Hits();
            byWords(searcher, query, filter, hits);
            if (meaning != null) {
                byMeaning(searcher, meaning, filter, hits);
            }
            return hits.all();
        } finally {
            searchers.release(searcher);
        }
    }

    private void byWords(IndexSearcher searcher, String query, @Nullable Query filter, Hits hits)
            throws IOException {
        CollectionStatistics all = searcher.collectionStatistics(TEXT);
        if (all == null) {
            return;
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder().setMinimumNumberShouldMatch(1);
        double best = 0;
        for (String word : terms.of(query)) {
            Term term = new Term(TEXT, word);
            int having = searcher.getIndexReader().docFreq(term);
            if (having > 0) {
                any.add(new TermQuery(term), BooleanClause.Occur.SHOULD);
                best += Terms.rarity(all.docCount(), having);
            }
        }
        if (filter != null) {
            any.add(filter, BooleanClause.Occur.FILTER);
        }
        for (ScoreDoc found : searcher.search(any.build(), CANDIDATES).scoreDocs) {
            LeafReaderContext leaf = leaf(searcher, found.doc);
            hits.byWords(fileVersion(leaf, found.doc), n(leaf, found.doc), found.score / best);
        }
    }

    private static void byMeaning(
            IndexSearcher searcher, Vectors meaning, @Nullable Query filter, Hits hits)
            throws IOException {
        Query nearest =
                new KnnFloatVectorQuery(
                        MEANING + meaning.model(),
                        meaning.windows().getFirst(),
                        CANDIDATES,
                        filter);
        for (ScoreDoc found : searcher.search(nearest, CANDIDATES).scoreDocs) {
            LeafReaderContext leaf = leaf(searcher, found.doc);
            // Lucene maps the cosine to a score that is never negative; this is the inverse.
            hits.byMeaning(fileVersion(leaf, found.doc), n(leaf, found.doc), 2 * found.score - 1);
        }
    }

    private static LeafReaderContext leaf(IndexSearcher searcher, int doc) {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        return leaves.get(ReaderUtil.subIndex(doc, leaves));
    }

    private static long fileVersion(LeafReaderContext leaf, int doc) throws IOException {
        return value(leaf, FILE_VERSION, doc - leaf.docBase);
    }

    private static int n(LeafReaderContext leaf, int doc) throws IOException {
        return (int) value(leaf, N, doc - leaf.docBase);
    }

    private static long value(LeafReaderContext leaf, String field, int doc) throws IOException {
        NumericDocValues values = leaf.reader().getNumericDocValues(field);
        if (values == null || !values.advanceExact(doc)) {
            throw new IOException("a document without " + field);
        }
        return values.longValue();
    }

    @Override
    public void close() throws IOException {
        try {
            searchers.close();
            writer.close();
        } finally {
            directory.close();
        }
    }
}
