using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Source;

/// <summary>B-splines in C# and C: the cell of an input, then the k + 1 functions that are not zero there by the triangular scheme (de Boor, A Practical Guide to Splines, ch. X).</summary>
internal static class CodeSplines
{
    /// <summary>Body of a function that writes k + 1 values to v and returns the number of the first function.</summary>
    public static List<string> Body(CodeContext context, SplineBasis basis, string suffix)
    {
        CodeStyle s = context.Style;
        var plan = KnotPlan.Of(basis, s.Single);
        int k = basis.Degree;
        if (plan.IsEven)
        {
            string from = plan.Rows == 1 ? s.Plus("x", -plan.Start[0]) : $"x - {Row(plan.Start, "Start")}", inverse = Row(plan.Inverse, "Inverse");
            Even(context, k);
            return basis.LinearOutside ? EvenLinear(s, k, basis.Intervals, from, inverse) : EvenZero(context, basis, from, inverse);
        }

        Uneven(context, k);
        s.Table(context.Tables, "Knots" + suffix, plan.Knots);
        return Search(context, plan, s.Id("Knots" + suffix), plan.Rows == 1 ? "" : $"i * {SourceNumbers.Whole(plan.Width)} + ");

        string Row(double[] values, string name)
        {
            if (plan.Rows == 1)
                return s.Number(values[0]);
            s.Table(context.Tables, name + suffix, values);
            return s.Id(name + suffix) + "[i]";
        }
    }

    private static List<string> EvenLinear(CodeStyle s, int k, int intervals, string from, string inverse)
    {
        string cells = SourceNumbers.Whole(intervals), last = SourceNumbers.Whole(intervals - 1);
        return
        [
            $"{s.Real} u = ({from}) * {inverse};",
            $"{s.Real} at = u < 0 ? 0 : u > {cells} ? {cells} : u;",
            intervals == 1 ? "int cell = 0;" : $"int cell = at < {last} ? (int)at : {last};",
            $"{s.Id($"Spline{SourceNumbers.Whole(k)}")}(at - cell, u - at, v);",
            "return cell;",
        ];
    }

    private static List<string> EvenZero(CodeContext context, SplineBasis basis, string from, string inverse)
    {
        CodeStyle s = context.Style;
        int k = basis.Degree;
        string cells = SourceNumbers.Whole(basis.Intervals + (2 * k)), order = SourceNumbers.Whole(k);
        Fit(context);
        return
        [
            $"{s.Real} u = ({from}) * {inverse};",
            $"if (!(u >= 0 && u < {cells}))",
            "{",
            $"    for (int r = 0; r <= {order}; r++)",
            "        v[r] = u < 0 || u > 0 ? 0 : u;",
            "    return 0;",
            "}",
            "",
            "int cell = (int)u;",
            $"{s.Id($"Spline{order}")}(u - cell, 0, v);",
            $"return {s.Id("Fit")}(cell - {order}, {SourceNumbers.Whole(basis.Count)}, {order}, v);",
        ];
    }

    private static List<string> Search(CodeContext context, KnotPlan plan, string knots, string row)
    {
        CodeStyle s = context.Style;
        SplineBasis basis = plan.Basis;
        int k = basis.Degree, first = k, last = first + plan.Cells - 1;
        string order = SourceNumbers.Whole(k), low = $"{knots}[{row}{SourceNumbers.Whole(first)}]", high = $"{knots}[{row}{SourceNumbers.Whole(last + 1)}]";
        List<string> lines = basis.LinearOutside
            ? [$"{s.Real} low = {low}, high = {high};", $"{s.Real} at = x < low ? low : x > high ? high : x;"]
            :
            [
                $"{s.Real} at = x;",
                $"if (!(x >= {low} && x < {high}))",
                "{",
                $"    for (int r = 0; r <= {order}; r++)",
                "        v[r] = x < 0 || x >= 0 ? 0 : x;",
                "    return 0;",
                "}",
                "",
            ];
        lines.AddRange(
        [
            $"int a = {SourceNumbers.Whole(first)}, b = {SourceNumbers.Whole(last)};",
            "while (a < b)",
            "{",
            "    int c = (a + b + 1) / 2;",
            $"    if ({knots}[{row}c] <= at)",
            "        a = c;",
            "    else",
            "        b = c - 1;",
            "}",
            "",
            $"while (a > {SourceNumbers.Whole(first)} && !({knots}[{row}a] < {knots}[{row}a + 1]))",
            "    a--;",
            $"{s.Id($"KnotSpline{order}")}({knots}, {row}a, at, x - at, v);",
        ]);
        if (basis.LinearOutside)
        {
            lines.Add($"return a - {order};");
            return lines;
        }

        Fit(context);
        lines.Add($"return {s.Id("Fit")}(a - {SourceNumbers.Whole(2 * k)}, {SourceNumbers.Whole(basis.Count)}, {order}, v);");
        return lines;
    }

    /// <summary>The functions of a cell of width 1 at u, and their tangents beyond it; the divisors are the degrees.</summary>
    private static void Even(CodeContext context, int degree)
    {
        CodeStyle s = context.Style;
        string name = $"Spline{SourceNumbers.Whole(degree)}";
        if (!context.Needs(name))
            return;
        List<string> lines = [];
        string one = s.Number(1);
        if (degree == 1)
        {
            lines.AddRange([$"v[0] = {one} - u - beyond;", "v[1] = u + beyond;"]);
        }
        else
        {
            lines.Add($"{s.Real} a0 = {one} - u, a1 = u, t, rest{(degree > 1 ? ", last" : "")};");
            for (int d = 2; d < degree; d++)
            {
                for (int r = 0; r < d; r++)
                    lines.Add($"t = a{r} * {s.Number(1.0 / d)}; a{r} = {(r == 0 ? "" : "rest + ")}({s.Number(r + 1)} - u) * t; rest = {Plus(d - 1 - r)} * t;");
                lines.Add($"{s.Real} a{d} = rest;");
            }

            string slope = s.Number(degree);
            for (int r = 0; r < degree; r++)
            {
                lines.Add($"t = a{r} * {s.Number(1.0 / degree)}; v[{r}] = {(r == 0 ? "" : "rest + ")}({s.Number(r + 1)} - u) * t {(r == 0 ? $"- beyond * {slope} * t" : $"+ beyond * {slope} * (last - t)")};"
                    + $" rest = {Plus(degree - 1 - r)} * t; last = t;");
            }

            lines.Add($"v[{degree}] = rest + beyond * {slope} * last;");
        }

        CodeFunctions.Write(context, s.Function("void", name, $"{s.Real} u", $"{s.Real} beyond", s.Target("v")), lines);

        string Plus(int number) => number == 0 ? "u" : $"(u + {s.Number(number)})";
    }

    /// <summary>The same for any knots.</summary>
    private static void Uneven(CodeContext context, int degree)
    {
        CodeStyle s = context.Style;
        string name = $"KnotSpline{SourceNumbers.Whole(degree)}", k = SourceNumbers.Whole(degree);
        if (!context.Needs(name))
            return;
        CodeFunctions.Write(context, s.Function("void", name, s.Source("knots"), "int cell", $"{s.Real} x", $"{s.Real} beyond", s.Target("v")),
        [
            $"v[0] = {s.Number(1)};",
            $"for (int d = 1; d <= {k}; d++)",
            "{",
            $"    {s.Real} rest = 0, last = 0, tangent = d == {k} ? {s.Number(degree)} * beyond : 0;",
            "    for (int r = 0; r < d; r++)",
            "    {",
            $"        {s.Real} left = knots[cell + 1 - d + r], right = knots[cell + r + 1], t = v[r] / (right - left);",
            "        v[r] = rest + (right - x) * t + tangent * (last - t);",
            "        rest = (x - left) * t;",
            "        last = t;",
            "    }",
            "",
            "    v[d] = rest + tangent * last;",
            "}",
        ]);
    }

    /// <summary>Drops the functions that a layer does not have, those before 0 and from count on.</summary>
    private static void Fit(CodeContext context)
    {
        CodeStyle s = context.Style;
        if (!context.Needs("Fit"))
            return;
        CodeFunctions.Write(context, s.Function("int", "Fit", "int first", "int count", "int degree", s.Target("v")),
        [
            "int last = count - 1 - degree;",
            "if (first < 0)",
            "{",
            "    for (int r = 0; r <= degree; r++)",
            "        v[r] = r - first <= degree ? v[r - first] : 0;",
            "    return 0;",
            "}",
            "",
            "if (first > last)",
            "{",
            "    for (int r = degree; r >= 0; r--)",
            "        v[r] = r - (first - last) >= 0 ? v[r - (first - last)] : 0;",
            "    return last;",
            "}",
            "",
            "return first;",
        ]);
    }
}
