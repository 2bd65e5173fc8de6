namespace KanSharp.Symbolics.Evaluation;

/// <summary>Translates an expression into a <see cref="BlockProgram"/>.</summary>
internal sealed class ProgramBuilder
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<BlockInstruction, int> _numbers = [];
    private readonly Dictionary<Expression, int> _done = [];
    private readonly Dictionary<Expression, bool> _fixed = [];
    private readonly List<BlockInstruction> _instructions = [];
    private readonly List<double> _constants;
    private readonly Dictionary<double, int> _constantNumbers = [];
    private readonly int _free;

    private ProgramBuilder(IReadOnlyList<string> variables, int freeConstants)
    {
        ArgumentNullException.ThrowIfNull(variables);
        for (int i = 0; i < variables.Count; i++)
        {
            if (!_columns.TryAdd(variables[i], i))
                throw new ArgumentException($"The variable '{variables[i]}' is named twice.", nameof(variables));
        }

        _free = freeConstants;
        _constants = [.. new double[freeConstants]];
    }

    /// <summary>The program of an expression whose parameters are the first constants.</summary>
    public static BlockProgram Build(Expression expression, IReadOnlyList<string> variables, int freeConstants = 0)
    {
        ProgramBuilder builder = new(variables, freeConstants);
        int result = builder.Column(expression);

        // the last instruction is the result; it stands elsewhere only if the whole expression is a part of itself, which cannot be
        return result == builder._instructions.Count - 1
            ? new BlockProgram([.. builder._instructions], [.. builder._constants], freeConstants, variables.Count)
            : throw new InvalidOperationException("The result is not the last instruction.");
    }

    /// <summary>Number of the instruction that computes a node.</summary>
    private int Column(Expression node)
    {
        if (_done.TryGetValue(node, out int known))
            return known;
        int column = Constant(node) is int constant
            ? Emit(BlockOperation.Constant, 0, constant)
            : node switch
            {
                VariableExpression variable => Emit(BlockOperation.Variable, 0, VariableColumn(variable.Name)),
                SumExpression sum => Sum(sum),
                ProductExpression product => Product(product),
                PowerExpression power when Constant(power.Exponent) is int exponent => Power(power, exponent),
                PowerExpression power => Emit(BlockOperation.Power, Column(power.Base), Column(power.Exponent)),
                FunctionExpression call => Emit(BlockOperation.Function, Column(call.Argument), 0, call.Function),
                _ => throw new InvalidOperationException($"'{node.GetType().Name}' has no program."),
            };
        _done.Add(node, column);
        return column;
    }

    private int Sum(SumExpression sum)
    {
        int column = -1;
        List<Expression> subtracted = [];
        List<int> constants = [];
        foreach (Expression term in sum.Terms)
        {
            if (Constant(term) is int constant)
                constants.Add(constant);
            else if (term is ProductExpression product && product.Factors[0].Equals(Expression.MinusOne))
                subtracted.Add(term);
            else
                column = column < 0 ? Column(term) : Emit(BlockOperation.Add, column, Column(term));
        }

        foreach (Expression term in subtracted)
            column = column < 0 ? Column(term) : Emit(BlockOperation.Subtract, column, Column(-term));
        foreach (int constant in Collected(constants, 0, (a, b) => a + b))
            column = column < 0 ? Emit(BlockOperation.Constant, 0, constant) : Emit(BlockOperation.AddConstant, column, constant);
        return column;
    }

    /// <summary>Numerator over denominator, constants as scale factors.</summary>
    private int Product(ProductExpression product)
    {
        int above = -1, below = -1;
        List<int> numbers = [];
        foreach (Expression factor in product.Factors)
        {
            if (Constant(factor) is int constant)
            {
                numbers.Add(constant);
            }
            else if (factor is PowerExpression { Exponent: NumberExpression { Value: < 0 } exponent } power)
            {
                int column = Column(Expression.Power(power.Base, -exponent));
                below = below < 0 ? column : Emit(BlockOperation.Multiply, below, column);
            }
            else
            {
                int column = Column(factor);
                above = above < 0 ? column : Emit(BlockOperation.Multiply, above, column);
            }
        }

        List<int> constants = Collected(numbers, 1, (a, b) => a * b);
        if (above < 0 && below < 0)
        {
            above = Emit(BlockOperation.Constant, 0, constants[0]);
            constants.RemoveAt(0);
        }
        else if (above < 0)
        {
            above = Emit(BlockOperation.DivideInto, below, constants.Count > 0 ? constants[0] : ConstantNumber(1));
            if (constants.Count > 0)
                constants.RemoveAt(0);
        }
        else if (below >= 0)
        {
            above = Emit(BlockOperation.Divide, above, below);
        }

        foreach (int constant in constants)
            above = Emit(BlockOperation.Scale, above, constant);
        return above;
    }

    /// <summary>The free constants, and the others in one unless that is neutral.</summary>
    private List<int> Collected(List<int> constants, double neutral, Func<double, double, double> join)
    {
        List<int> all = [.. constants.Where(c => c < _free)];
        double known = constants.Where(c => c >= _free).Aggregate(neutral, (total, c) => join(total, _constants[c]));
        if (known != neutral || all.Count == 0 && constants.Count > 0)
            all.Add(ConstantNumber(known));
        return all;
    }

    private int Power(PowerExpression power, int exponent)
    {
        if (exponent < _free)
            return Emit(BlockOperation.ConstantPower, Column(power.Base), exponent);
        int @base = Column(power.Base);
        return _constants[exponent] switch
        {
            1 => @base,
            2 => Emit(BlockOperation.Multiply, @base, @base),
            -1 => Emit(BlockOperation.DivideInto, @base, ConstantNumber(1)),
            _ => Emit(BlockOperation.ConstantPower, @base, exponent),
        };
    }

    /// <summary>Number of the constant that a node is, null if it is none.</summary>
    private int? Constant(Expression node)
    {
        if (node is ParameterExpression parameter)
            return parameter.Index;
        return IsFixed(node) ? ConstantNumber(ScalarEvaluation.OfConstant(node)) : null;
    }

    private bool IsFixed(Expression node)
    {
        if (node.Children.Count == 0)
            return node is NumberExpression or ConstantExpression;
        if (!_fixed.TryGetValue(node, out bool result))
        {
            result = node.Children.All(IsFixed);
            _fixed.Add(node, result);
        }

        return result;
    }

    private int ConstantNumber(double value)
    {
        if (!_constantNumbers.TryGetValue(value, out int number))
        {
            number = _constants.Count;
            _constants.Add(value);
            _constantNumbers.Add(value, number);
        }

        return number;
    }

    private int VariableColumn(string name) => _columns.TryGetValue(name, out int column)
        ? column
        : throw new ArgumentException(
            $"The expression has the variable '{name}', which is not among the columns: {string.Join(", ", _columns.Keys)}.", "variables");

    private int Emit(BlockOperation operation, int left, int right, CatalogFunction? function = null)
    {
        BlockInstruction instruction = new(operation, left, right, function);
        if (!_numbers.TryGetValue(instruction, out int number))
        {
            number = _instructions.Count;
            _instructions.Add(instruction);
            _numbers.Add(instruction, number);
        }

        return number;
    }
}
