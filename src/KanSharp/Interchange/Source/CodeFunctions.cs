using KanSharp.Numerics;

namespace KanSharp.Interchange.Source;

/// <summary>Small functions that generated C# and C bring along: activations, erf and Bessel functions, and the inner loops.</summary>
internal static class CodeFunctions
{
    /// <summary>An activation.</summary>
    public static void Activation(CodeContext context, Activation activation)
    {
        if (!context.Needs(activation.Name))
            return;
        CodeStyle s = context.Style;
        string exp = s.Math("exp"), one = s.Number(1), half = s.Number(0.5);
        if (activation == Numerics.Activation.GELU && s.IsSharp)
            Erf(context);
        string erf = !s.IsSharp ? s.Math("erf") : s.Single ? "(float)Erf" : "Erf";
        string[] body = activation.Name switch
        {
            nameof(Numerics.Activation.SiLU) => [$"return x / ({one} + {exp}(-x));"],
            nameof(Numerics.Activation.Sigmoid) => [$"return {one} / ({one} + {exp}(-x));"],
            nameof(Numerics.Activation.GELU) => [$"return {half} * x * ({one} + {erf}(x * {s.Number(Math.Sqrt(0.5))}));"],
            nameof(Numerics.Activation.ReLU) => [$"return x < 0 ? {s.Number(0)} : x;"],
            // ln(1 + e) loses the digits of a small e; the quotient gives them back
            nameof(Numerics.Activation.Softplus) =>
            [
                $"{s.Real} e = {exp}(-{s.Math("fabs")}(x)), u = {one} + e;",
                $"return (x < 0 ? {s.Number(0)} : x) + (u > {one} ? {s.Math("log")}(u) * (e / (u - {one})) : e);",
            ],
            _ => throw new NotSupportedException($"The activation {activation} can not be written as source."),
        };
        Write(context, s.Function(s.Real, activation.Name, $"{s.Real} x"), body);
    }

    /// <summary>erf for C#, whose library lacks it: 2/√π·e^(−x²)·Σ 2ⁿx^(2n+1)/(2n + 1)!! (Abramowitz and Stegun 7.1.6), terms of one sign.</summary>
    public static void Erf(CodeContext context)
    {
        if (!context.Needs("Erf"))
            return;
        Write(context, "private static double Erf(double x)",
        [
            "double a = Math.Abs(x);",
            "if (a > 6)",
            "    return x > 0 ? 1 : -1;",
            "double term = a, sum = a;",
            "for (int n = 1; term > 1e-17 * sum; n++)",
            "{",
            "    term *= 2 * a * a / (2 * n + 1);",
            "    sum += term;",
            "}",
            "",
            "double y = 1.1283791670955126 * Math.Exp(-a * a) * sum;",
            "return x < 0 ? -y : y;",
        ]);
    }

    /// <summary>
    /// J₀ and J₁, in double precision: below 50 Bessel's integral by the trapezoidal rule, whose error of 100 nodes is J₁₀₀₋ₙ; above by Hankel's expansion (Abramowitz and
    /// Stegun 9.2.5 to 9.2.10), whose terms fall by a factor of x there.
    /// </summary>
    public static void Bessel(CodeContext context)
    {
        if (!context.Needs("Bessel"))
            return;
        CodeStyle s = context.Style;
        string cos = s.DoubleMath("cos"), sin = s.DoubleMath("sin"), abs = s.DoubleMath("fabs"), sqrt = s.DoubleMath("sqrt"), name = s.Id("Bessel");
        Write(context, s.Function("double", "Bessel", "int order", "double x"),
        [
            $"double a = {abs}(x), y = 0;",
            "if (a < 50)",
            "{",
            "    for (int n = 0; n < 100; n++)",
            "    {",
            "        double angle = n * 0.062831853071795865;",
            $"        y += 0.01 * {cos}(order * angle - a * {sin}(angle));",
            "    }",
            "}",
            "else",
            "{",
            "    double p = 0, q = 0, term = 1, mu = 4.0 * order * order;",
            "    for (int n = 0; n < 20; n++)",
            "    {",
            "        if (n % 2 == 0)",
            "            p += n % 4 == 0 ? term : -term;",
            "        else",
            "            q += n % 4 == 1 ? term : -term;",
            "        term *= (mu - (2.0 * n + 1) * (2.0 * n + 1)) / ((n + 1) * 8.0 * a);",
            "    }",
            "",
            "    double phase = a - (order + 0.5) * 1.5707963267948966;",
            $"    y = {sqrt}(0.63661977236758134 / a) * (p * {cos}(phase) - q * {sin}(phase));",
            "}",
            "",
            "return x < 0 && order == 1 ? -y : y;",
        ]);
        Write(context, s.Function("double", "BesselJ0", "double x"), [$"return {name}(0, x);"]);
        Write(context, s.Function("double", "BesselJ1", "double x"), [$"return {name}(1, x);"]);
    }

    /// <summary>y += factor·row and Σ v·row, where row starts at a place of a table.</summary>
    public static void Loops(CodeContext context)
    {
        if (!context.Needs("Loops"))
            return;
        CodeStyle s = context.Style;
        string vector = $"Vector<{s.Real}>";
        Write(context, s.Function("void", "Add", s.Target("y"), s.Source("rows"), "int at", "int count", $"{s.Real} factor"), s.IsSharp
            ?
            [
                $"Span<{s.Real}> sums = y.Slice(0, count);",
                $"ReadOnlySpan<{s.Real}> row = rows.Slice(at, count);",
                $"ref {s.Real} sum = ref MemoryMarshal.GetReference(sums), first = ref MemoryMarshal.GetReference(row);",
                "int o = 0;",
                $"for (; o <= count - {vector}.Count; o += {vector}.Count)",
                "    (Vector.LoadUnsafe(ref sum, (nuint)o) + factor * Vector.LoadUnsafe(ref first, (nuint)o)).StoreUnsafe(ref sum, (nuint)o);",
                "for (; o < sums.Length; o++)",
                "    sums[o] += factor * row[o];",
            ]
            :
            [
                "for (int o = 0; o < count; o++)",
                "    y[o] += factor * rows[at + o];",
            ]);
        Write(context, s.Function("void", "AddRows", s.Target("y"), s.Source("rows"), "int at", "int count", s.Source("v"), "int values"), s.IsSharp
            ?
            [
                $"Span<{s.Real}> sums = y.Slice(0, count);",
                $"ReadOnlySpan<{s.Real}> block = rows.Slice(at, values * count), factors = v.Slice(0, values);",
                $"ref {s.Real} sum = ref MemoryMarshal.GetReference(sums), first = ref MemoryMarshal.GetReference(block);",
                "int o = 0;",
                $"for (; o <= count - {vector}.Count; o += {vector}.Count)",
                "{",
                $"    {vector} total = Vector.LoadUnsafe(ref sum, (nuint)o);",
                "    for (int n = 0; n < factors.Length; n++)",
                "        total += factors[n] * Vector.LoadUnsafe(ref first, (nuint)(n * count + o));",
                "    total.StoreUnsafe(ref sum, (nuint)o);",
                "}",
                "",
                "for (; o < sums.Length; o++)",
                "{",
                "    for (int n = 0; n < factors.Length; n++)",
                "        sums[o] += factors[n] * block[n * count + o];",
                "}",
            ]
            :
            [
                "for (int n = 0; n < values; n++)",
                "{",
                "    for (int o = 0; o < count; o++)",
                "        y[o] += v[n] * rows[at + n * count + o];",
                "}",
            ]);
        Write(context, s.Function(s.Real, "Dot", s.Source("rows"), "int at", "int count", s.Source("v")),
        [
            $"{s.Real} sum = 0;",
            "for (int n = 0; n < count; n++)",
            "    sum += rows[at + n] * v[n];",
            "return sum;",
        ]);
    }

    /// <summary>Writes a function.</summary>
    public static void Write(CodeContext context, string head, IEnumerable<string> body)
    {
        Write(context.Helpers, context.Style, head, body);
    }

    /// <summary>Writes a function to a part of the file. C is told of parameters x and i that are not read.</summary>
    public static void Write(SourceText text, CodeStyle style, string head, IEnumerable<string> body)
    {
        string[] lines = [.. body];
        text.Open(head);
        foreach (string name in (IEnumerable<string>)["x", "i"])
        {
            if (!style.IsSharp && Mentions([head], name) && !Mentions(lines, name))
                text.Line($"(void){name};");
        }

        foreach (string line in lines)
            text.Line(line);
        text.Close();
        text.Line();
    }

    private static bool Mentions(IEnumerable<string> lines, string name) => lines.Any(line =>
    {
        for (int at = line.IndexOf(name, StringComparison.Ordinal); at >= 0; at = line.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            if (!IsWord(line, at - 1) && !IsWord(line, at + name.Length))
                return true;
        }

        return false;

        static bool IsWord(string line, int at) => at >= 0 && at < line.Length && (char.IsAsciiLetterOrDigit(line[at]) || line[at] == '_');
    });
}
