using KanSharp.Autodiff;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Benchmarks;

/// <summary>Matrices with entries uniform on [0, 10) and their determinants: the task of the published Newton-Kaczmarz benchmarks.</summary>
internal static class DeterminantTask
{
    public const int Order = 4;

    /// <summary>Samples of one seed; another seed gives independent ones.</summary>
    public static TrainingData<float> Sample(int count, ulong seed)
    {
        var random = new SplitRandom(seed);
        var inputs = new Tensor<float>(new Shape(count, Order * Order));
        var targets = new Tensor<float>(new Shape(count, 1));
        var matrix = new double[Order * Order];
        for (int row = 0; row < count; row++)
        {
            Span<float> x = inputs.Row(row);
            for (int i = 0; i < x.Length; i++)
                matrix[i] = x[i] = (float)(10 * random.NextDouble());
            targets[row, 0] = (float)Determinant(matrix);
        }

        return new TrainingData<float>(inputs, targets);
    }

    /// <summary>By Gaussian elimination with row pivots; the matrix is overwritten.</summary>
    private static double Determinant(double[] a)
    {
        double result = 1;
        for (int c = 0; c < Order; c++)
        {
            int pivot = c;
            for (int r = c + 1; r < Order; r++)
            {
                if (Math.Abs(a[r * Order + c]) > Math.Abs(a[pivot * Order + c]))
                    pivot = r;
            }

            if (a[pivot * Order + c] == 0)
                return 0;
            for (int j = 0; j < Order && pivot != c; j++)
                (a[c * Order + j], a[pivot * Order + j]) = (a[pivot * Order + j], a[c * Order + j]);
            result *= pivot == c ? a[c * Order + c] : -a[c * Order + c];
            for (int r = c + 1; r < Order; r++)
            {
                double factor = a[r * Order + c] / a[c * Order + c];
                for (int j = c; j < Order; j++)
                    a[r * Order + j] -= factor * a[c * Order + j];
            }
        }

        return result;
    }
}
