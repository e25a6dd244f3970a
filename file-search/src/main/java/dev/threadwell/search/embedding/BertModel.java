package dev.threadwell.search.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.threadwell.vectorstore.Vectors;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An embedding model of the BGE family, run in this process on the calling thread. */
final class BertModel {

    /** The maximum number of tokens that the model reads. */
    private static final int WINDOW = 512;

    private final String name;
    private final String instruction;
    private final WordPieces pieces;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    /**
     * Loads a model from the class path.
     *
     * @param instruction the prefix for queries with which the model was trained
     */
    BertModel(String name, String instruction) {
        this.name = name;
        this.instruction = instruction;
        this.pieces = new WordPieces(vocabulary(name));
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(resource(name + ".onnx"), options);
        } catch (OrtException e) {
            throw new IllegalStateException("the model %s cannot be loaded".formatted(name), e);
        }
    }

    String name() {
        return name;
    }

    private static Map<String, Integer> vocabulary(String name) {
        try {
            Map<String, Integer> vocabulary = new HashMap<>();
            Json.mapper()
                    .readTree(resource(name + "-tokenizer.json"))
                    .at("/model/vocab")
                    .properties()
                    .forEach(entry -> vocabulary.put(entry.getKey(), entry.getValue().intValue()));
            return vocabulary;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream bytes = BertModel.class.getResourceAsStream("/" + name)) {
            if (bytes == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The vectors of the text's windows, which together cover it. */
    List<float[]> passage(String text) {
        List<float[]> vectors = new ArrayList<>();
        for (long[] window : pieces.windows(text, WINDOW)) {
            vectors.add(vector(window));
        }
        return vectors;
    }

    /**
     * The vector of a query; for a query of several windows, the normalized sum of their vectors.
     */
    float[] query(String text) {
        List<float[]> windows = passage(instruction + text);
        float[] sum = new float[windows.getFirst().length];
        for (float[] window : windows) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += window[i];
            }
        }
        return Vectors.unit(sum);
    }

    private float[] vector(long[] ids) {
        long[] shape = {1, ids.length};
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor input = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor mask =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types =
                        OnnxTensor.createTensor(
                                environment, LongBuffer.wrap(new long[ids.length]), shape);
                OrtSession.Result result =
                        session.run(
                                Map.of(
                                        "input_ids", input,
                                        "attention_mask", mask,
                                        "token_type_ids", types))) {
            return Vectors.unit(((float[][][]) result.get(0).getValue())[0][0]);
        } catch (OrtException e) {
            throw new IllegalStateException("the model %s failed".formatted(name), e);
        }
    }
}
