using KanSharp.Autodiff;

namespace KanSharp.Tests.Autodiff;

public class ErrorMessageTests
{
    private readonly Tape<double> _tape = new();

    [Fact]
    public void ShapesThatDoNotBroadcast()
    {
        Var<double> x = Input(2, 3);
        Var<double> y = Input(2, 4);
        Shows(() => x + y, "+", "[2, 3]", "[2, 4]");
        Shows(() => x - y, "-", "[2, 3]", "[2, 4]");
        Shows(() => x * y, "*", "[2, 3]", "[2, 4]");
        Shows(() => x / y, "/", "[2, 3]", "[2, 4]");
        Shows(() => Var<double>.Maximum(x, y), "Maximum", "[2, 3]", "[2, 4]");
        Shows(() => Var<double>.Minimum(x, y), "Minimum", "[2, 3]", "[2, 4]");
        Shows(() => Var<double>.Where(x, y, y), "Where", "[2, 3]", "[2, 4]");
    }

    [Fact]
    public void ProductsThatDoNotFit()
    {
        Shows(() => Input(2, 3).MatMul(Input(4, 5)), "MatMul", "[2, 3]", "[4, 5]", "3 and 4");
        Shows(() => Input(2, 3).MatMul(Input(3, 5), transposeLeft: true), "MatMul", "[2, 3]ᵀ", "[3, 5]");
        Shows(() => Input(2, 3).MatMul(Input(3)), "MatMul", "[2, 3]", "[3]");
        Shows(() => Input(2, 2, 3).MatMul(Input(2, 5), transposeLeft: true), "MatMul", "[2, 2, 3]ᵀ");
    }

    [Fact]
    public void StructureThatDoesNotFit()
    {
        Var<double> x = Input(2, 3);
        Shows(() => x.Reshape(new Shape(7)), "Reshape", "[2, 3]", "[7]");
        Shows(() => x.Slice(1, 2, 2), "Slice", "[2, 3]", "2 to 4");
        Shows(() => x.Slice(2, 0, 1), "[2, 3]");
        Shows(() => Var<double>.Concat(0, x, Input(2, 4)), "Concat", "[2, 3]", "[2, 4]");
        Shows(() => Var<double>.Concat(0, x, Input(3)), "Concat", "[2, 3]", "[3]");
        Shows(() => Var<double>.Concat(0), "Concat");
        Shows(() => x.Gather(0, 2), "Gather", "[2, 3]", "0..1");
        Shows(() => x.Sum(2), "[2, 3]");
        Shows(() => x.Transpose(0, 5), "[2, 3]");
        Shows(() => Input().Softmax(), "Softmax");
        Shows(() => Input().Gather(0), "Gather");
        Shows(() => x.Clamp(1, 0), "Clamp", "1 and 0");
        Shows(() => x.Dropout(1), "Dropout", "below 1");
    }

    [Fact]
    public void ValuesOfDifferentTapes()
    {
        Var<double> other = new Tape<double>().Constant(1);
        Shows(() => Input(1) + other, "tape");
        Shows(() => Input(1, 1).MatMul(other), "tape");
        Shows(() => Var<double>.Concat(0, Input(1), other), "tape");
        Shows(() => _tape.Backward(other), "tape");
        Shows(() => _tape.Backward(Input(2)), "[2]", "Mean()");
    }

    [Fact]
    public void AFailedOperationRecordsNothing()
    {
        Var<double> x = Input(2, 3);
        Var<double> y = Input(2, 4);
        int count = _tape.Count;
        Assert.Throws<ArgumentException>(() => x + y);
        Assert.Equal(count, _tape.Count);
    }

    private Var<double> Input(params ReadOnlySpan<int> extents) => _tape.Input(new Tensor<double>(new Shape(extents)));

    private static void Shows(Func<Var<double>> operation, params string[] parts) => Shows(() => { _ = operation(); }, parts);

    private static void Shows(Action operation, params string[] parts)
    {
        string message = Assert.ThrowsAny<ArgumentException>(operation).Message;
        foreach (string part in parts)
            Assert.Contains(part, message, StringComparison.Ordinal);
    }
}
