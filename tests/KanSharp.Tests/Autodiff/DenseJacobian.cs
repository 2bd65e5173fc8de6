using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Tests.Autodiff;

/// <summary>Derivatives of outputs with respect to unknowns as plain matrices: what the runs say, and what central differences say.</summary>
internal static class DenseJacobian
{
    /// <summary>The runs of the library written into a dense matrix, row n·R + r for output r of sample n.</summary>
    public static double[,] FromRuns<T>(Func<Var<T>, Var<T>> forward, Tensor<T> x, Executor executor, out JacobianLayout<T> layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tape = new Tape<T>(executor) { ForJacobian = true };
        Var<T> output = forward(tape.Constant(x));
        int samples = x.Shape[0];
        int outputs = output.Shape.Count / samples;
        layout = new JacobianLayout<T>(tape, samples);
        var rows = new JacobianRows();
        var matrix = new double[samples * outputs, layout.Unknowns];
        for (int target = 0; target < outputs; target++)
        {
            var cotangent = new T[samples * outputs];
            for (int sample = 0; sample < samples; sample++)
                cotangent[sample * outputs + target] = T.One;
            tape.Backward(output, cotangent);
            rows.Reserve(samples, layout.RowLength, layout.Runs);
            foreach (Node<T> node in tape.Nodes)
            {
                if (node is IRowwiseParameters<T> rowwise && !node.Gradient.IsEmpty)
                    rowwise.AddRuns(rows);
            }

            rows.Complete();
            for (int sample = 0; sample < samples; sample++)
            {
                for (int run = 0; run < layout.Runs.Length; run++)
                {
                    JacobianRun place = layout.Runs[run];
                    Assert.InRange(rows.Starts(sample)[run], place.Region, place.Region + place.RegionLength - place.Length);
                    for (int index = 0; index < place.Padded; index++)
                    {
                        double value = rows.Row(sample)[place.Offset + index];
                        if (index < place.Length)
                            matrix[sample * outputs + target, rows.Starts(sample)[run] + index] += value;
                        else
                            Assert.Equal(0, value);
                    }
                }
            }
        }

        return matrix;
    }

    /// <summary>Central differences of the outputs, in double.</summary>
    public static double[,] FromDifferences(Func<Var<double>, Var<double>> forward, Tensor<double> x, JacobianLayout<double> layout)
    {
        var unknowns = new double[layout.Unknowns];
        layout.Read(unknowns);
        double[,]? matrix = null;
        for (int unknown = 0; unknown < unknowns.Length; unknown++)
        {
            double value = unknowns[unknown];
            double step = 1e-5 * (1 + Math.Abs(value));
            unknowns[unknown] = value + step;
            double[] above = Outputs();
            unknowns[unknown] = value - step;
            double[] below = Outputs();
            unknowns[unknown] = value;
            matrix ??= new double[above.Length, unknowns.Length];
            for (int row = 0; row < above.Length; row++)
                matrix[row, unknown] = (above[row] - below[row]) / (2 * step);
        }

        layout.Write(unknowns);
        return matrix!;

        double[] Outputs()
        {
            layout.Write(unknowns);
            var tape = new Tape<double> { RecordsGradients = false };
            return forward(tape.Constant(x)).Values.ToArray();
        }
    }

    /// <summary>Asserts that two matrices are equal up to a share of their largest element.</summary>
    public static void Near(double[,] expected, double[,] actual, double tolerance)
    {
        Assert.Equal((expected.GetLength(0), expected.GetLength(1)), (actual.GetLength(0), actual.GetLength(1)));
        double largest = 1;
        foreach (double value in expected)
            largest = Math.Max(largest, Math.Abs(value));
        for (int row = 0; row < expected.GetLength(0); row++)
        {
            for (int column = 0; column < expected.GetLength(1); column++)
            {
                Assert.True(
                    Math.Abs(expected[row, column] - actual[row, column]) <= tolerance * largest,
                    $"row {row}, unknown {column}: {actual[row, column]:G12}, expected {expected[row, column]:G12}, largest {largest:G4}");
            }
        }
    }
}
