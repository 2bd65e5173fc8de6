using System.Numerics;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Numerics;

/// <summary>The derivatives of all orders against the rules of differentiation, applied to the definition of each activation.</summary>
public class ActivationDerivativeTests
{
    public static TheoryData<string> Names => [.. Activation.All.Select(activation => activation.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_order_is_the_symbolic_derivative(string name)
    {
        Activation activation = Activation.FromName(name);
        Expression expression = Expression.Parse(Definition(name));
        for (int order = 0; order <= DerivativeOrder.Highest; order++)
        {
            for (double x = -6.45; x <= 6.5; x += 0.1)
            {
                Check(x, 1e-12);
                Check((float)x, 2e-5);
            }

            expression = expression.Differentiate("x");

            void Check<T>(T x, double tolerance)
                where T : unmanaged, IBinaryFloatingPointIeee754<T>
            {
                double expected = expression.Evaluate(new Dictionary<string, double> { ["x"] = double.CreateTruncating(x) });
                double actual = double.CreateTruncating(activation.Evaluate(x, order));
                Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"order {order} at {x}: {actual:R}, expected {expected:R}");
            }
        }
    }

    private static string Definition(string name) => name switch
    {
        "SiLU" => "x*sigmoid(x)",
        "GELU" => "x*(1 + erf(x/sqrt(2)))/2",
        "Tanh" => "tanh(x)",
        "Sigmoid" => "sigmoid(x)",
        "ReLU" => "relu(x)",
        "Softplus" => "softplus(x)",
        "Identity" => "x",
        "Zero" => "0",
        "Sin" => "sin(x)",
        "Exp" => "exp(x)",
        "Square" => "x^2",
        _ => throw new ArgumentException($"Write down here what {name} is.", nameof(name)),
    };
}
