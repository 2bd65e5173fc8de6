namespace KanSharp.Interpretation.Terms;

/// <summary>Systems of a few unknowns.</summary>
internal static class SmallSystem
{
    /// <summary>(A + damping·diag A)·x = b by Cholesky; only the lower triangle of A [n × n] is read. False where A is singular.</summary>
    public static bool SolveDamped(ReadOnlySpan<double> matrix, ReadOnlySpan<double> right, double damping, Span<double> solution)
    {
        int n = right.Length;
        Span<double> lower = stackalloc double[n * n], scale = stackalloc double[n];
        for (int i = 0; i < n; i++)
        {
            double diagonal = matrix[i * n + i];
            if (!(diagonal > 0) || !double.IsFinite(diagonal))
                return false;
            scale[i] = 1 / Math.Sqrt(diagonal);
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i * n + j] * scale[i] * scale[j] + (i == j ? damping : 0);
                for (int k = 0; k < j; k++)
                    sum -= lower[i * n + k] * lower[j * n + k];
                if (i != j)
                    lower[i * n + j] = sum / lower[j * n + j];
                else if (sum > 1e-14)
                    lower[i * n + i] = Math.Sqrt(sum);
                else
                    return false;
            }
        }

        for (int i = 0; i < n; i++)
        {
            double sum = right[i] * scale[i];
            for (int k = 0; k < i; k++)
                sum -= lower[i * n + k] * solution[k];
            solution[i] = sum / lower[i * n + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double sum = solution[i];
            for (int k = i + 1; k < n; k++)
                sum -= lower[k * n + i] * solution[k];
            solution[i] = sum / lower[i * n + i];
        }

        for (int i = 0; i < n; i++)
            solution[i] *= scale[i];
        return true;
    }
}
