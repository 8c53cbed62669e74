package dualtape.program;

import dualtape.ir.Application;
import dualtape.ir.Node;
import dualtape.op.Gathering;
import dualtape.op.SoftmaxPair;
import dualtape.program.LaneCode.None;
import dualtape.program.ValueCode.Known;
import dualtape.program.ValueCode.Place;
import dualtape.program.ValueCode.Trip;
import dualtape.program.ValueCode.Uniform;
import dualtape.program.ValueCode.Value;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;

/** What {@link LaneCode} does by calls: an element at an index, softmax of a row. */
final class LaneCalls {
    private final LaneCode lanes;

    LaneCalls(LaneCode lanes) {
        this.lanes = lanes;
    }

    /** An element at an index, which must be the same in all lanes. */
    Value pick(Gathering.Gather gather, Place vector, int extent, Value index) {
        Runnable number = () -> {
            if (index instanceof Known known) {
                lanes.code.constant(known.value());
            } else if (index instanceof Uniform uniform) {
                lanes.code.var(Opcodes.DLOAD, uniform.local());
            } else {
                throw new None("an index that differs");
            }
        };
        if (vector.lanes() != lanes.lanes()) {
            lanes.address(vector, new Trip(-1, 0));
            lanes.code.integer(extent);
            number.run();
            lanes.code.constant(gather.fill());
            lanes.code.callStatic(ValueCode.GENERATED, "pick", "([DIIDD)D");
            Uniform uniform = new Uniform(lanes.code.wide());
            lanes.code.var(Opcodes.DSTORE, uniform.local());
            return uniform;
        } else if (!Double.isNaN(gather.fill())) {
            throw new None("a number where there is no element");
        }
        lanes.element(() -> {
            lanes.address(vector, new Trip(-1, 0));
            lanes.code.integer(extent);
            number.run();
            lanes.code.integer(lanes.lanes());
            lanes.code.callStatic(ValueCode.GENERATED, "picked", "(IIDI)I");
        });
        lanes.spread(() -> {
            lanes.code.integer(extent);
            number.run();
            lanes.code.callStatic(ValueCode.GENERATED, "missing", "(ID)D");
        });
        lanes.add();
        return lanes.store();
    }

    /** The logarithm of a sum of exponentials of one row, and its softmax; nothing else. */
    void call(Application application, List<Value> operands, Map<Node, Value> values,
            Map<Node, Place> wished) {
        if (application.operands().isEmpty()) {
            throw new None(application.op().symbol());
        }
        int size = application.operandShapes().get(0).size();
        SoftmaxPair.Row row = SoftmaxPair.row(application.op(), application.operandShapes().get(0));
        if (row == null || size == 1) {
            throw new None(application.op().symbol());
        }
        Place from = lanes.placed(operands.get(0), size);
        Place log = lanes.take(1);
        Place soft = row.softmax() >= 0 ? wished.get(application.results().get(row.softmax())) : null;
        soft = soft != null ? soft : lanes.take(size);
        int mark = lanes.top;
        Place scratch = lanes.take(size + Generated.WIDTH);
        lanes.top = mark;
        lanes.code.address(from.array(), from.base(), from.at(), -1);
        lanes.code.integer(size);
        lanes.code.var(Opcodes.ILOAD, lanes.most());
        lanes.code.callStatic("java/lang/Math", "min", "(II)I");
        lanes.code.address(soft.array(), soft.base(), soft.at(), -1);
        lanes.code.address(log.array(), log.base(), log.at(), -1);
        lanes.code.address(scratch.array(), scratch.base(), scratch.at(), -1);
        lanes.code.callStatic(LaneCode.KERNELS, "softmax", "([DII[DI[DI[DI)V");
        if (row.softmax() >= 0) {
            values.put(application.results().get(row.softmax()), soft);
        }
        if (row.logSumExp() >= 0) {
            values.put(application.results().get(row.logSumExp()), lanes.load(log));
        }
    }
}
