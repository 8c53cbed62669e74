package dualtape.autograd;

import dualtape.ir.Tensor;
import dualtape.op.Operation;
import dualtape.op.Operations;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The variables of this package. */
final class VariablesPeer implements Peer<Variable> {
    @Override
    public Set<String> operations() {
        return Operations.all().stream().map(Operation::name).collect(Collectors.toSet());
    }

    @Override
    public Variable leaf(Tensor value, boolean requiresGrad) {
        return Variable.of(value).requiresGrad(requiresGrad);
    }

    @Override
    public Variable apply(String operation, List<Variable> operands) {
        return Functions.call(operation, Keywords.NONE, operands.toArray(Variable[]::new));
    }

    @Override
    public Variable detach(Variable variable) {
        return variable.detach();
    }

    @Override
    public void backward(Variable loss, boolean retain) {
        loss.backward(retain);
    }

    @Override
    public Tensor value(Variable variable) {
        return variable.value();
    }

    @Override
    public Tensor grad(Variable leaf) {
        return leaf.grad() == null ? null : leaf.grad().value();
    }

    @Override
    public void zeroGrad(Variable leaf) {
        leaf.zeroGrad();
    }

    @Override
    public void close() {}
}
