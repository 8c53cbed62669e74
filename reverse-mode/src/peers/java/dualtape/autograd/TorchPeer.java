package dualtape.autograd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dualtape.ir.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** PyTorch, through the Deep Java Library. */
final class TorchPeer implements Peer<NDArray> {
    private static final Map<String, UnaryOperator<NDArray>> UNARY = new LinkedHashMap<>();
    private static final Map<String, BinaryOperator<NDArray>> BINARY = new LinkedHashMap<>();

    static {
        UNARY.put("neg", NDArray::neg);
        UNARY.put("square", NDArray::square);
        UNARY.put("exp", NDArray::exp);
        UNARY.put("log", NDArray::log);
        UNARY.put("log2", NDArray::log2);
        UNARY.put("log10", NDArray::log10);
        UNARY.put("sqrt", NDArray::sqrt);
        UNARY.put("sin", NDArray::sin);
        UNARY.put("cos", NDArray::cos);
        UNARY.put("tan", NDArray::tan);
        UNARY.put("asin", NDArray::asin);
        UNARY.put("acos", NDArray::acos);
        UNARY.put("atan", NDArray::atan);
        UNARY.put("sinh", NDArray::sinh);
        UNARY.put("cosh", NDArray::cosh);
        UNARY.put("tanh", NDArray::tanh);
        UNARY.put("erf", NDArray::erf);
        UNARY.put("abs", NDArray::abs);
        UNARY.put("sigmoid", Activation::sigmoid);
        UNARY.put("softplus", Activation::softPlus);
        UNARY.put("relu", Activation::relu);
        UNARY.put("gelu", Activation::gelu);
        UNARY.put("silu", x -> Activation.swish(x, 1));
        UNARY.put("elu", x -> Activation.elu(x, 1));
        UNARY.put("sum", NDArray::sum);
        UNARY.put("mean", NDArray::mean);
        UNARY.put("prod", NDArray::prod);
        UNARY.put("norm", NDArray::norm);
        UNARY.put("max", NDArray::max);
        UNARY.put("min", NDArray::min);
        UNARY.put("transpose", NDArray::transpose);
        UNARY.put("softmax", x -> x.softmax(-1));
        UNARY.put("log_softmax", x -> x.logSoftmax(-1));
        BINARY.put("+", NDArray::add);
        BINARY.put("-", NDArray::sub);
        BINARY.put("*", NDArray::mul);
        BINARY.put("/", NDArray::div);
        BINARY.put("pow", NDArray::pow);
        BINARY.put("max", NDArray::maximum);
        BINARY.put("min", NDArray::minimum);
        BINARY.put("atan2", NDArray::atan2);
        BINARY.put("dot", NDArray::dot);
        BINARY.put("matmul", NDArray::matMul);
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("DJL_CACHE_DIR", "target/djl");
    }

    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    TorchPeer() {
        JniUtils.setGradMode(true);
    }

    @Override
    public Set<String> operations() {
        Set<String> names = new java.util.HashSet<>(UNARY.keySet());
        names.addAll(BINARY.keySet());
        return names;
    }

    @Override
    public NDArray leaf(Tensor value, boolean requiresGrad) {
        long[] extents = java.util.Arrays.stream(value.shape().extents()).asLongStream().toArray();
        NDArray leaf = manager.create(value.toArray(), new Shape(extents));
        leaf.setRequiresGradient(requiresGrad);
        return leaf;
    }

    @Override
    public NDArray apply(String operation, List<NDArray> operands) {
        return operands.size() == 1 ? UNARY.get(operation).apply(operands.get(0))
                : BINARY.get(operation).apply(operands.get(0), operands.get(1));
    }

    @Override
    public NDArray detach(NDArray variable) {
        return variable.stopGradient();
    }

    @Override
    public void backward(NDArray loss, boolean retain) {
        JniUtils.backward((PtNDArray) loss, (PtNDArray) loss.onesLike(), retain, false);
    }

    @Override
    public Tensor value(NDArray variable) {
        int[] extents = java.util.Arrays.stream(variable.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
        return Tensor.of(dualtape.ir.Shape.of(extents), variable.toDoubleArray());
    }

    @Override
    public Tensor grad(NDArray leaf) {
        NDArray gradient = JniUtils.getGradient((PtNDArray) leaf);
        return gradient == null ? null : value(gradient);
    }

    @Override
    public void zeroGrad(NDArray leaf) {
        NDArray gradient = JniUtils.getGradient((PtNDArray) leaf);
        if (gradient != null) {
            gradient.subi(gradient);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
