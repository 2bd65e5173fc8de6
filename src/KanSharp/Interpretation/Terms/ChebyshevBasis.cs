using KanSharp.Numerics;

namespace KanSharp.Interpretation.Terms;

/// <summary>Products of Chebyshev polynomials of the variables, each scaled to [−1, 1] or by its logarithm, up to a total degree.</summary>
internal sealed class ChebyshevBasis
{
    private readonly double[][] _scaled;

    public ChebyshevBasis(Rows rows, bool logarithmic)
    {
        _scaled = [.. rows.Columns.Select(column => Scale(column, logarithmic))];
        Count = rows.Count;
    }

    public int Count { get; }

    public int Variables => _scaled.Length;

    public static bool AllowsLogarithm(Rows rows) => Array.TrueForAll(rows.Columns, column => Array.TrueForAll(column, value => value > 0));

    /// <summary>Number of functions.</summary>
    public static int Size(int variables, int degree)
    {
        double count = 1;
        for (int k = 1; k <= variables; k++)
            count = count * (degree + k) / k;
        return count > 1e6 ? 1_000_000 : (int)Math.Round(count);
    }

    /// <summary>The highest degree with at most <paramref name="limit"/> functions.</summary>
    public static int Degree(int variables, int limit)
    {
        int degree = 0;
        while (degree < 40 && Size(variables, degree + 1) <= limit)
            degree++;
        return degree;
    }

    /// <summary>Values row-major [count × size], for the rows from <paramref name="from"/>.</summary>
    public double[] Values(int degree, int from, int count)
    {
        int variables = _scaled.Length, columns = Size(variables, degree);
        int[] parent = new int[columns], variable = new int[columns], power = new int[columns];
        Plan(variables, degree, parent, variable, power);
        var values = new double[count * columns];
        var chebyshev = new double[variables * (degree + 1)];
        for (int i = 0; i < count; i++)
        {
            for (int v = 0; v < variables; v++)
                Fill(_scaled[v][from + i], chebyshev.AsSpan(v * (degree + 1), degree + 1));
            Span<double> row = values.AsSpan(i * columns, columns);
            row[0] = 1;
            for (int c = 1; c < columns; c++)
                row[c] = row[parent[c]] * chebyshev[variable[c] * (degree + 1) + power[c]];
        }

        return values;
    }

    /// <summary>Every function but 1 is a function without the last variable times a polynomial of it.</summary>
    private static void Plan(int variables, int degree, int[] parent, int[] variable, int[] power)
    {
        var total = new List<int> { 0 };
        for (int v = 0; v < variables; v++)
        {
            int before = total.Count;
            for (int c = 0; c < before; c++)
            {
                for (int p = 1; p + total[c] <= degree; p++)
                {
                    (parent[total.Count], variable[total.Count], power[total.Count]) = (c, v, p);
                    total.Add(total[c] + p);
                }
            }
        }
    }

    private static void Fill(double x, Span<double> values)
    {
        values[0] = 1;
        if (values.Length > 1)
            values[1] = x;
        for (int k = 2; k < values.Length; k++)
            values[k] = (2 * x * values[k - 1]) - values[k - 2];
    }

    private static double[] Scale(double[] column, bool logarithmic)
    {
        double[] values = logarithmic ? [.. column.Select(value => Math.Log(value))] : [.. column];
        (double low, double high) = Statistics.Range(values);
        double width = Math.Max(high - low, 1e-300);
        for (int i = 0; i < values.Length; i++)
            values[i] = (2 * (values[i] - low) / width) - 1;
        return values;
    }
}
