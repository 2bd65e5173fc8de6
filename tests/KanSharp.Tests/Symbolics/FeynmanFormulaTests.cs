using KanSharp.Data;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Tests.Data;

namespace KanSharp.Tests.Symbolics;

/// <summary>The 120 formulas of the Feynman collection: read, printed, simplified and evaluated inside the ranges that the collection states.</summary>
public sealed class FeynmanFormulaTests
{
    private const int Points = 200;

    [Fact]
    public void Every_formula_is_read_printed_simplified_and_has_values_in_its_range()
    {
        Table table = Csv.Read(WorkplaceData.Require("formulas/feynman.csv"));
        List<string> wrong = [];
        for (int row = 0; row < table.RowCount; row++)
        {
            Expression e = Expression.Parse(table["formula"].Texts[row]!);
            if (!Expression.Parse(e.ToString()).Equals(e))
                wrong.Add($"{e} is read back as {Expression.Parse(e.ToString())}");
            Dictionary<string, (double, double)> ranges = [];
            for (int v = 1; v <= (int)table["n_variables"].Numbers[row]; v++)
                ranges.Add(table[$"v{v}_name"].Texts[row]!, (table[$"v{v}_low"].Numbers[row], table[$"v{v}_high"].Numbers[row]));
            EquivalenceResult same = ExpressionEquivalence.Test(e, e.Simplify(), ranges, new EquivalenceOptions { Points = Points });
            if (!same.AreEquivalent)
                wrong.Add($"{e} became {e.Simplify()}: {same.Reason}");
            double low = table["y_min_20k"].Numbers[row], high = table["y_max_20k"].Numbers[row], slack = 0.5 * (high - low);
            if (Values(e, ranges).Any(y => double.IsFinite(y) && !(y >= low - slack && y <= high + slack)))
                wrong.Add($"{e} leaves {low} to {high}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(120, table.RowCount);
    }

    private static double[] Values(Expression e, Dictionary<string, (double Low, double High)> ranges)
    {
        SplitRandom random = new(8);
        double[] rows = new double[Points * ranges.Count];
        (double Low, double High)[] limits = [.. ranges.Values];
        for (int i = 0; i < rows.Length; i++)
        {
            (double low, double high) = limits[i % limits.Length];
            rows[i] = low + (high - low) * random.NextDouble();
        }

        return e.Compile([.. ranges.Keys]).Evaluate(rows);
    }
}
