using System.Xml.Linq;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Symbolics;

/// <summary>The formats, text by text.</summary>
public sealed class PrintTests
{
    [Theory]
    [InlineData("x-(y+z)", "x - (y + z)")]
    [InlineData("-(x+y)/3", "-(x + y)/3")]
    [InlineData("a/(b*c)", "a/(b*c)")]
    [InlineData("x^(-2/3)", "1/x^(2/3)")]
    [InlineData("(-x)^2", "(-x)^2")]
    [InlineData("(a^b)^c + a^b^c", "(a^b)^c + a^(b^c)")]
    [InlineData("1e-7*x + 2.5e20*y", "1e-7*x + 2.5e20*y")]
    [InlineData("x^0.5/2 - 3*x", "sqrt(x)/2 - 3*x")]
    public void Text(string text, string expected) => Assert.Equal(expected, Expression.Parse(text).ToString());

    [Theory]
    [InlineData("exp(sin(pi*x1) + x2^2)", "Math.Exp(Math.Sin(Math.PI*x1) + x2*x2)")]
    [InlineData("2*x/3 - 1/3", "2*x/3 - 1.0/3.0")]
    [InlineData("y/x^2 + abs(x)^1.5", "y/(x*x) + Math.Pow(Math.Abs(x), 3.0/2.0)")]
    [InlineData("class*relu(x)", "class_*Math.Max(x, 0)")]
    [InlineData("sgn(x) + J0(x)", "(x > 0 ? 1.0 : x < 0 ? -1.0 : 0.0) + SpecialFunctions.BesselJ(0, x)")]
    [InlineData("x*sigmoid(x)", "x*1/(1 + Math.Exp(-x))")]
    [InlineData("`a b`*`a_b`", "a_b_2*a_b")]
    public void CSharp(string text, string expected) => Assert.Equal(expected, Expression.Parse(text).Print(ExpressionFormat.CSharp));

    [Theory]
    [InlineData("exp(sin(pi*x1) + x2^2)", "exp(sin(M_PI*x1) + x2*x2)")]
    [InlineData("sqrt(abs(x))*x^4 + J1(x) + log1p(x)", "sqrt(fabs(x))*pow(x, 4) + j1(x) + log1p(x)")]
    [InlineData("sinc(x)", "(x == 0 ? 1.0 : sin(x)/x)")]
    public void C(string text, string expected) => Assert.Equal(expected, Expression.Parse(text).Print(ExpressionFormat.C));

    [Theory]
    [InlineData("exp(sin(pi*x1) + x2^2)", "exp(sin(pi*x1) + x2**2)")]
    [InlineData("x^(2/3)/3 + lambda*e", "x**Rational(2, 3)/3 + lambda_*E")]
    [InlineData("arctanh(x) + J0(I) + step(x)", "atanh(x) + besselj(0, I_) + Heaviside(x, 0)")]
    public void Python(string text, string expected) => Assert.Equal(expected, Expression.Parse(text).Print(ExpressionFormat.Python));

    [Theory]
    [InlineData("exp(sin(pi*x1) + x2^2)", @"e^{\sin\left(\pi\,x_{1}\right) + x_{2}^{2}}")]
    [InlineData("(u + v)/(1 + u*v/c^2)", @"\frac{u + v}{1 + \frac{u\,v}{c^{2}}}")]
    [InlineData("sqrt(2)*theta_2^(2/3)*`50% (m_s)`/3", @"\frac{\sqrt{2}\,\theta_{2}^{2/3}\,\text{50\% (m\_s)}}{3}")]
    [InlineData("-1.5e-7*sin(x)^2*J0(20*x) - 2*3^x", @"-1.5 \cdot 10^{-7}\,\sin^{2}\left(x\right)\,J_{0}\left(20\,x\right) - 2 \cdot 3^{x}")]
    [InlineData("(x + 1)*abs(speed)", @"\left(x + 1\right)\,\left|\mathrm{speed}\right|")]
    [InlineData("(-x/2)^2", @"\left(-\frac{x}{2}\right)^{2}")]
    public void Latex(string text, string expected) => Assert.Equal(expected, Expression.Parse(text).Print(ExpressionFormat.Latex));

    [Fact]
    public void MathML_is_well_formed_with_fractions_roots_and_powers()
    {
        RandomExpressions random = new(2);
        for (int i = 0; i < 200; i++)
        {
            Expression e = random.Next(4) * Expression.Variable("a<b & \"c\"");
            XElement root = XElement.Parse(e.Print(ExpressionFormat.MathML));
            Assert.Equal("math", root.Name.LocalName);
        }

        string text = Expression.Parse("sqrt(x1)/theta^2").Print(ExpressionFormat.MathML);
        Assert.Equal(
            "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mrow><mfrac><mrow><msqrt><mrow><msub><mi>x</mi><mn>1</mn></msub></mrow></msqrt></mrow>"
            + "<mrow><msup><mrow><mi>θ</mi></mrow><mrow><mn>2</mn></mrow></msup></mrow></mfrac></mrow></math>",
            text);
    }

    [Fact]
    public void Digits_and_names_are_options()
    {
        PrintOptions options = new() { Digits = 3, Names = new Dictionary<string, string> { ["x"] = "air flow" } };
        Assert.Equal("0.333*`air flow` + 1/7", Expression.Parse("0.33333*x + 1/7").Print(ExpressionFormat.Text, options));
        Assert.Throws<ArgumentOutOfRangeException>(() => Expression.Parse("0.3*x").Print(ExpressionFormat.Text, new PrintOptions { Digits = 0 }));
    }
}
