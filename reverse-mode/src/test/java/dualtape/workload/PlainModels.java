package dualtape.workload;

import static dualtape.workload.References.array;
import static dualtape.workload.References.number;

import dualtape.ir.Tensor;
import java.util.Map;

/** Values of the larger models by plain loops over doubles. */
final class PlainModels {
    private PlainModels() {}

    static double det(double[] a, int m) {
        if (m == 1) {
            return a[0];
        }
        double sum = 0;
        for (int j = 0; j < m; j++) {
            double[] minor = new double[(m - 1) * (m - 1)];
            int next = 0;
            for (int row = 1; row < m; row++) {
                for (int column = 0; column < m; column++) {
                    if (column != j) {
                        minor[next++] = a[row * m + column];
                    }
                }
            }
            sum += (j % 2 == 0 ? 1 : -1) * a[j] * det(minor, m - 1);
        }
        return sum;
    }

    /** The first error, how often, the weight's error, how often. */
    static double[] ba(Map<?, ?> in) {
        double[] cam = array(in, "cam");
        double[] x = array(in, "x");
        double[] seen = array(in, "feat");
        double w = number(in, "w");
        double[] away = {x[0] - cam[3], x[1] - cam[4], x[2] - cam[5]};
        double[] turned = multiply(rotation(cam), away);
        double u = turned[0] / turned[2];
        double v = turned[1] / turned[2];
        double radius = u * u + v * v;
        double distortion = 1 + cam[9] * radius + cam[10] * radius * radius;
        double p = number(in, "p");
        return new double[] {w * (u * distortion * cam[6] + cam[7] - seen[0]),
            w * (v * distortion * cam[6] + cam[8] - seen[1]),
            p, 1 - w * w, p};
    }

    /** exp of the matrix of a cross product, by its series. */
    private static double[][] rotation(double[] r) {
        double[][] cross = {{0, -r[2], r[1]}, {r[2], 0, -r[0]}, {-r[1], r[0], 0}};
        double[][] term = unit(3);
        double[][] sum = unit(3);
        for (int k = 1; k < 40; k++) {
            term = multiply(term, cross);
            for (int i = 0; i < 9; i++) {
                term[i / 3][i % 3] /= k;
                sum[i / 3][i % 3] += term[i / 3][i % 3];
            }
        }
        return sum;
    }

    private static double[][] unit(int n) {
        double[][] unit = new double[n][n];
        for (int i = 0; i < n; i++) {
            unit[i][i] = 1;
        }
        return unit;
    }

    private static double[][] multiply(double[][] x, double[][] y) {
        double[][] product = new double[x.length][y[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y[0].length; j++) {
                for (int k = 0; k < y.length; k++) {
                    product[i][j] += x[i][k] * y[k][j];
                }
            }
        }
        return product;
    }

    private static double[] multiply(double[][] x, double[] y) {
        double[] product = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < y.length; k++) {
                product[i] += x[i][k] * y[k];
            }
        }
        return product;
    }

    static double[] ht(Map<?, ?> in) {
        Map<?, ?> data = (Map<?, ?>) in.get("data");
        Map<?, ?> model = (Map<?, ?>) data.get("model");
        double[] theta = array(in, "theta");
        double[] us = array(in, "us");
        double[] corresponding = array(data, "correspondences");
        double[] points = array(data, "points");
        double[][] pose = pose(theta);
        double[] parents = array(model, "parents");
        double[][][] absolute = new double[parents.length][][];
        double[][][] moves = new double[parents.length][][];
        for (int bone = 0; bone < parents.length; bone++) {
            double[][] own = multiply(square(model, "base_relatives", bone), turn(pose, bone + 3));
            absolute[bone] = parents[bone] < 0 ? own : multiply(absolute[(int) parents[bone]], own);
            moves[bone] = multiply(absolute[bone], square(model, "inverse_base_absolutes", bone));
        }
        double[] base = array(model, "base_positions");
        double[] weights = array(model, "weights");
        double[][] positions = new double[base.length / 4][3];
        double[][] whole = rotation(theta);
        for (int v = 0; v < positions.length; v++) {
            double[] at = {base[4 * v], base[4 * v + 1], base[4 * v + 2], base[4 * v + 3]};
            double[] sum = new double[3];
            for (int bone = 0; bone < parents.length; bone++) {
                double[] moved = multiply(moves[bone], at);
                for (int i = 0; i < 3; i++) {
                    sum[i] += weights[v * parents.length + bone] * moved[i];
                }
            }
            sum[0] *= (Boolean) model.get("is_mirrored") ? -1 : 1;
            positions[v] = multiply(whole, sum);
            for (int i = 0; i < 3; i++) {
                positions[v][i] += theta[3 + i];
            }
        }
        double[] triangles = array(model, "triangles");
        double[] errors = new double[points.length];
        for (int e = 0; e < errors.length; e++) {
            int c = (int) corresponding[e / 3];
            int i = e % 3;
            double hit;
            if (us.length == 0) {
                hit = positions[c][i];
            } else {
                double u0 = us[e / 3 * 2];
                double u1 = us[e / 3 * 2 + 1];
                hit = u0 * positions[(int) triangles[3 * c]][i] + u1 * positions[(int) triangles[3 * c + 1]][i]
                        + (1 - u0 - u1) * positions[(int) triangles[3 * c + 2]][i];
            }
            errors[e] = points[e] - hit;
        }
        return errors;
    }

    private static double[][] square(Map<?, ?> model, String field, int bone) {
        Tensor all = (Tensor) model.get(field);
        double[][] square = new double[4][4];
        for (int i = 0; i < 16; i++) {
            square[i / 4][i % 4] = all.at(16 * bone + i);
        }
        return square;
    }

    /** Three rows, a column for each bone after the first three. */
    private static double[][] pose(double[] theta) {
        double[][] pose = new double[3][25];
        for (int i = 0; i < 3; i++) {
            pose[i][0] = theta[i];
            pose[i][1] = 1;
            pose[i][2] = theta[3 + i];
        }
        int next = 6;
        for (int finger = 0; finger < 5; finger++) {
            int column = 5 + 4 * finger;
            pose[0][column] = theta[next++];
            pose[1][column] = theta[next++];
            pose[0][column + 1] = theta[next++];
            pose[0][column + 2] = theta[next++];
        }
        return pose;
    }

    /** Rz Ry Rx as 4×4. */
    private static double[][] turn(double[][] pose, int column) {
        double x = pose[0][column];
        double z = pose[1][column];
        double y = pose[2][column];
        double[][] rx = unit(4);
        rx[1][1] = Math.cos(x);
        rx[1][2] = -Math.sin(x);
        rx[2][1] = Math.sin(x);
        rx[2][2] = Math.cos(x);
        double[][] ry = unit(4);
        ry[0][0] = Math.cos(y);
        ry[0][2] = Math.sin(y);
        ry[2][0] = -Math.sin(y);
        ry[2][2] = Math.cos(y);
        double[][] rz = unit(4);
        rz[0][0] = Math.cos(z);
        rz[0][1] = -Math.sin(z);
        rz[1][0] = Math.sin(z);
        rz[1][1] = Math.cos(z);
        return multiply(rz, multiply(ry, rx));
    }
}
