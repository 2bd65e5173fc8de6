using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace KanSharp.Tests.Numerics;

/// <summary>Random matrices and comparisons for the tests of the factorisations; MathNet.Numerics is the independent truth.</summary>
internal static class LinearAlgebraData
{
    public static double[] Random(Random random, int count)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = (random.NextDouble() * 2) - 1;
        return values;
    }

    /// <summary>M·Mᵀ + shift·I.</summary>
    public static double[] Definite(Random random, int n, double shift)
    {
        double[] m = Random(random, n * n), a = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? shift : 0;
                for (int p = 0; p < n; p++)
                    sum += m[(i * n) + p] * m[(j * n) + p];
                a[(i * n) + j] = a[(j * n) + i] = sum;
            }
        }

        return a;
    }

    public static double[] Product(double[] a, double[] b, int m, int n, int k)
    {
        var c = new double[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int p = 0; p < k; p++)
            {
                for (int j = 0; j < n; j++)
                    c[(i * n) + j] += a[(i * k) + p] * b[(p * n) + j];
            }
        }

        return c;
    }

    public static Matrix<double> ToMathNet(double[] a, int rows, int columns) => Matrix<double>.Build.Dense(rows, columns, (i, j) => a[(i * columns) + j]);

    public static double[] FromMathNet(Matrix<double> matrix) => matrix.ToRowMajorArray();

    public static T[] To<T>(double[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(values, T.CreateChecked);

    public static double[] From<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var result = new double[values.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = double.CreateChecked(values[i]);
        return result;
    }

    /// <summary>Largest difference relative to the largest expected value.</summary>
    public static double Error(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double size = 0, error = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            size = Math.Max(size, Math.Abs(expected[i]));
            double difference = Math.Abs(expected[i] - actual[i]);
            error = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(error, difference);
        }

        return size == 0 ? error : error / size;
    }
}
