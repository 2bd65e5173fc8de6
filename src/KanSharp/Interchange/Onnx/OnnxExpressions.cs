using KanSharp.Symbolics;
using KanSharp.Symbolics.Evaluation;
using KanSharp.Symbolics.Functions;

namespace KanSharp.Interchange.Onnx;

/// <summary>
/// Formulas as nodes. Formulas of the same form that differ in their numbers only are written once, as columns side by side. Equal parts are computed once.
/// </summary>
/// <param name="graph">Where nodes are added.</param>
/// <param name="variable">The columns [N, formulas] of a variable.</param>
internal sealed class OnnxExpressions(OnnxGraph graph, Func<string, OnnxValue> variable)
{
    private readonly Dictionary<Expression[], OnnxValue> _done = new(new SameParts());

    /// <summary>Columns [N, formulas]; a formula without variables gives its number.</summary>
    /// <param name="formulas">Formulas with the same <see cref="Form"/>.</param>
    public OnnxValue Write(params Expression[] formulas)
    {
        if (Array.TrueForAll(formulas, IsConstant))
            return Numbers(formulas);
        if (_done.TryGetValue(formulas, out OnnxValue known))
            return known;
        OnnxValue result = formulas[0] switch
        {
            VariableExpression named => variable(named.Name),
            SumExpression => Sum(formulas),
            ProductExpression => Product(formulas),
            PowerExpression => Power(formulas),
            FunctionExpression call => Function(call.Function.Kind, Write(Child(formulas, 0))),
            _ => throw new NotSupportedException($"'{formulas[0].GetType().Name}' can not be exported to ONNX."),
        };
        _done.Add(formulas, result);
        return result;
    }

    /// <summary>The form of a formula without its numbers, exponents excepted.</summary>
    public static string Form(Expression formula)
    {
        if (IsConstant(formula))
            return "#";
        return formula switch
        {
            VariableExpression named => $"'{named.Name}'",
            PowerExpression { Exponent: var exponent } power => $"({Form(power.Base)})^{(IsConstant(exponent) ? exponent.ToString() : Form(exponent))}",
            FunctionExpression call => $"{call.Function.Name}({Form(call.Argument)})",
            SumExpression => $"[{string.Join('+', formula.Children.Select(Form))}]",
            _ => $"[{string.Join('*', formula.Children.Select(Form))}]",
        };
    }

    /// <summary>Whether there is no variable in it.</summary>
    public static bool IsConstant(Expression formula) => formula switch
    {
        NumberExpression or ConstantExpression => true,
        VariableExpression => false,
        _ => formula.Variables.Count == 0,
    };

    private static Expression[] Child(Expression[] formulas, int index) => Array.ConvertAll(formulas, formula => formula.Children[index]);

    private OnnxValue Numbers(Expression[] constants)
    {
        double[] values = Array.ConvertAll(constants, ScalarEvaluation.OfConstant);
        return Array.TrueForAll(values, value => value == values[0]) ? graph.Constant(values[0]) : graph.Constant(values, 1, values.Length);
    }

    private OnnxValue Sum(Expression[] sums)
    {
        OnnxValue? total = null;
        // numbers last, so that no term begins with one
        foreach (Expression[] terms in Parts(sums).OrderBy(terms => Array.TrueForAll(terms, IsConstant)))
        {
            OnnxValue term = Write(terms);
            total = total is { } before ? before + term : term;
        }

        return total!.Value;
    }

    private OnnxValue Product(Expression[] products)
    {
        OnnxValue? above = null, below = null, number = null;
        foreach (Expression[] factors in Parts(products))
        {
            if (Array.TrueForAll(factors, IsConstant))
            {
                OnnxValue constant = Numbers(factors);
                number = number is { } before ? before * constant : constant;
            }
            else if (Array.TrueForAll(factors, factor => factor is PowerExpression power && Expression.IsDenominator(power)))
            {
                OnnxValue divisor = Write(Array.ConvertAll(factors, factor => Expression.Power(((PowerExpression)factor).Base, -((PowerExpression)factor).Exponent)));
                below = below is { } before ? before * divisor : divisor;
            }
            else
            {
                OnnxValue factor = Write(factors);
                above = above is { } before ? before * factor : factor;
            }
        }

        if (above is { } numerator)
        {
            OnnxValue quotient = below is { } divisor ? numerator / divisor : numerator;
            return number is { } scale ? scale * quotient : quotient;
        }

        return (number ?? graph.Constant(1)) / below!.Value;
    }

    private OnnxValue Power(Expression[] powers)
    {
        Expression[] exponents = Child(powers, 1);
        OnnxValue value = Write(Child(powers, 0));
        if (!Array.TrueForAll(exponents, IsConstant) || Array.TrueForAll(powers, power => IsConstant(power.Children[0])))
            return graph.Node("Pow", value, Write(exponents));
        double[] numbers = Array.ConvertAll(exponents, ScalarEvaluation.OfConstant);
        return Array.TrueForAll(numbers, number => number == numbers[0]) ? value.Power(numbers[0]) : graph.Node("Pow", value, Numbers(exponents));
    }

    private static OnnxValue Function(FunctionKind kind, OnnxValue x) => kind switch
    {
        FunctionKind.Exp => x.Exp(),
        FunctionKind.Log => x.Log(),
        FunctionKind.LogOnePlus => x.LogOnePlus(),
        FunctionKind.Abs => x.Abs(),
        FunctionKind.Sign => x.Sign(),
        FunctionKind.Step => x.Step(),
        FunctionKind.ReLU => x.ReLU(),
        FunctionKind.Sin => x.Sin(),
        FunctionKind.Cos => x.Cos(),
        FunctionKind.Tan => x.Tan(),
        FunctionKind.Arcsin => x.Arcsin(),
        FunctionKind.Arccos => x.Arccos(),
        FunctionKind.Arctan => x.Arctan(),
        FunctionKind.Sinh => x.Sinh(),
        FunctionKind.Cosh => x.Cosh(),
        FunctionKind.Tanh => x.Tanh(),
        FunctionKind.Arctanh => x.Arctanh(),
        FunctionKind.Sigmoid => x.Sigmoid(),
        FunctionKind.Softplus => x.Softplus(),
        FunctionKind.Erf => x.Erf(),
        FunctionKind.Sinc => x.Sinc(),
        FunctionKind.BesselJ0 => x.BesselJ0(),
        FunctionKind.BesselJ1 => x.BesselJ1(),
        _ => throw new NotSupportedException($"The function {kind} can not be exported to ONNX."),
    };

    private static IEnumerable<Expression[]> Parts(Expression[] formulas) =>
        Enumerable.Range(0, formulas[0].Children.Count).Select(index => Child(formulas, index));

    private sealed class SameParts : IEqualityComparer<Expression[]>
    {
        public bool Equals(Expression[]? x, Expression[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(Expression[] parts)
        {
            HashCode hash = default;
            foreach (Expression part in parts)
                hash.Add(part);
            return hash.ToHashCode();
        }
    }
}
