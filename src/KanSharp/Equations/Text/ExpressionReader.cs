using System.Text;
using KanSharp.Autodiff;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Text;

/// <summary>An expression as it was written.</summary>
/// <param name="Expression">The expression, with <c>u_xx</c> for <c>u''</c>.</param>
/// <param name="Text">The text without the places.</param>
/// <param name="Places">What stood in brackets after unknowns: <c>x=-1</c> of <c>u(x=-1)</c>.</param>
internal sealed record ReadExpression(Expression Expression, string Text, IReadOnlyList<TextPart> Places);

/// <summary>Reads expressions whose names are variables, unknowns, their derivatives (also with primes) and coefficients, and checks every name.</summary>
/// <param name="names">The meaning of names.</param>
/// <param name="normals">Whether <c>n_x</c> and the normal derivative <c>u_n</c> are understood.</param>
internal sealed class ExpressionReader(ProblemNames names, bool normals = false)
{
    private const string NormalSuffix = "n";

    public ReadExpression Read(TextPart part)
    {
        string text = part.Text;
        StringBuilder code = new(), kept = new();
        List<int> origin = [];
        List<TextPart> places = [];
        Dictionary<string, int> first = [];
        int done = 0;
        foreach (NameToken token in NameScanner.Names(text))
        {
            if (token.Start < done)
                continue; // within a place
            Copy(token.Start);
            string name = token.Primes > 0 ? Primed(part, token) : token.Name;
            first.TryAdd(name, token.Start);
            code.Append(name);
            kept.Append(text, token.Start, token.End - token.Start);
            for (int index = 0; index < name.Length; index++)
                origin.Add(Math.Min(token.Start + index, token.End - 1));
            done = token.End;
            if (token.Open >= 0 && !token.IsFunction && (token.Primes > 0 || names.Unknowns.Contains(token.Root)))
            {
                int close = NameScanner.Closing(text, token.Open);
                if (close < 0)
                    throw part.Error("the bracket that opens here is not closed", token.Open);
                places.Add(part.Slice(token.Open + 1, close - token.Open - 1).Trim());
                done = close + 1;
            }
        }

        Copy(text.Length);
        Expression expression = Parse(part, code.ToString(), origin);
        foreach (string name in expression.Variables)
            Check(part, name, first.GetValueOrDefault(name));
        return new ReadExpression(expression, kept.ToString().Trim(), places);

        void Copy(int end)
        {
            for (; done < end; done++)
            {
                code.Append(text[done]);
                kept.Append(text[done]);
                origin.Add(done);
            }
        }
    }

    /// <summary>The unknown that a name is the normal derivative of; null for none.</summary>
    public string? NormalOf(string name) => normals && name.EndsWith("_" + NormalSuffix, StringComparison.Ordinal) && names.Axis(NormalSuffix) < 0 && names.Unknowns.Contains(name[..^2])
        ? name[..^2]
        : null;

    private static Expression Parse(TextPart part, string code, List<int> origin)
    {
        try
        {
            return Expression.Parse(code);
        }
        catch (ExpressionFormatException error)
        {
            int position = error.Position < origin.Count ? origin[error.Position] : part.Text.Length;
            throw part.Error(error.Message[(error.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..], position, error);
        }
    }

    private string Primed(TextPart part, NameToken token)
    {
        if (names.Variables.Count > 1)
            throw part.Error($"primes mean derivatives by the only variable, and here are {string.Join(", ", names.Variables)}; write {token.Root}_{names.Variables[0]} or another derivative", token.Start);
        if (token.Suffix is not null)
            throw part.Error($"'{token.Name}' has an underscore and primes; write one of them", token.Start);
        if (token.Primes > PartialDerivative.MaxOrder)
            throw part.Error($"'{token.Name}' has {token.Primes} primes; derivatives of orders 1 to {PartialDerivative.MaxOrder} are supported", token.Start);
        return $"{token.Name}_{string.Concat(Enumerable.Repeat(names.Variables[0], token.Primes))}";
    }

    private void Check(TextPart part, string name, int position)
    {
        if (names.Axis(name) >= 0 || names.Coefficient(name) >= 0 || NormalOf(name) is not null || (normals && names.NormalAxis(name) >= 0))
            return;
        if (names.Explain(name, out _) is not { } problem)
            return;
        bool isNormal = names.NormalAxis(name) >= 0 || (name.EndsWith("_n", StringComparison.Ordinal) && names.Unknowns.Contains(name[..^2]));
        string hint = isNormal ? "normals are known in conditions on sides only" : Hint(name);
        throw part.Error(hint.Length == 0 ? problem : $"{problem}; {hint}", position);
    }

    /// <summary>A name that was perhaps meant, or what to do.</summary>
    private string Hint(string name)
    {
        int bar = name.IndexOf('_', StringComparison.Ordinal);
        foreach (string unknown in bar > 0 ? names.Unknowns : [])
        {
            string candidate = unknown + name[bar..];
            if (candidate != name && names.TryDerivative(candidate, out _))
                return $"did you mean '{candidate}'?";
        }

        string? same = names.Variables.Concat(names.Unknowns).Concat(names.Coefficients).FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (same is not null)
            return $"did you mean '{same}'?";
        return bar > 0 ? "" : "write its value, or name it as an unknown or as an unknown coefficient";
    }
}
