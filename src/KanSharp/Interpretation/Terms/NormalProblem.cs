using KanSharp.Numerics;

namespace KanSharp.Interpretation.Terms;

/// <summary>
/// Weighted least squares over a set of columns, all inner products known: K = CᵀC with unit diagonal, R = Cᵀz, and the sum of squares of z. With the
/// intercept the constant is projected out of everything.
/// </summary>
internal sealed class NormalProblem
{
    private NormalProblem(double[] gram, double[] right, double total, double[] norms, bool intercept)
    {
        Gram = gram;
        Right = right;
        Total = total;
        Norms = norms;
        Intercept = intercept;
    }

    public double[] Gram { get; }

    public double[] Right { get; }

    public double Total { get; }

    /// <summary>Length of every column before it was scaled to 1; 0 for a column that is out of use.</summary>
    public double[] Norms { get; }

    public bool Intercept { get; }

    public int Size => Right.Length;

    /// <summary>The problem without intercept. <paramref name="columns"/> [size × n] holds weighted columns and is scaled in place.</summary>
    public static NormalProblem Create(double[] columns, double[] z, int size, Executor executor)
    {
        int n = z.Length;
        var norms = new double[size];
        var right = new double[size];
        for (int k = 0; k < size; k++)
        {
            Span<double> column = columns.AsSpan(k * n, n);
            double norm = Math.Sqrt(Dot(column, column));
            norms[k] = double.IsFinite(norm) && norm > 0 ? norm : 0;
            double scale = norms[k] > 0 ? 1 / norm : 0;
            for (int i = 0; i < n; i++)
                column[i] = scale == 0 ? 0 : column[i] * scale;
            right[k] = Dot(column, z);
        }

        var gram = new double[size * size];
        var operand = new MatrixOperand<double>(columns, n);
        MatrixMultiply.Multiply(operand, operand.Transpose(), gram, size, size, size, n, ProductMode.Assign, executor);
        return new NormalProblem(gram, right, Dot(z, z), norms, intercept: false);
    }

    /// <summary>The same with an intercept: <paramref name="constant"/> is the column of the constant.</summary>
    public NormalProblem WithIntercept(int constant)
    {
        int size = Size;
        var gram = new double[size * size];
        double[] right = new double[size], norms = new double[size], scale = new double[size];
        ReadOnlySpan<double> along = Gram.AsSpan(constant * size, size);
        for (int k = 0; k < size; k++)
        {
            double rest = Norms[k] > 0 ? 1 - along[k] * along[k] : 0;
            scale[k] = rest > 1e-9 ? 1 / Math.Sqrt(rest) : 0;
            norms[k] = scale[k] > 0 ? Norms[k] / scale[k] : 0;
            right[k] = (Right[k] - along[k] * Right[constant]) * scale[k];
        }

        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
                gram[i * size + j] = (Gram[i * size + j] - along[i] * along[j]) * scale[i] * scale[j];
        }

        return new NormalProblem(gram, right, Total - Right[constant] * Right[constant], norms, intercept: true);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Columns.Dot(a, b);
}
