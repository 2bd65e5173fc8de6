namespace KanSharp.Training;

/// <summary>What a model for tables predicts.</summary>
public enum TabularTask
{
    /// <summary>One or several numbers; trained on mean squared error in units of the targets' standard deviations.</summary>
    Regression,

    /// <summary>One of two classes; one output, the log-odds of the second class; trained on binary cross-entropy.</summary>
    Binary,

    /// <summary>One of three or more classes; one output per class; trained on cross-entropy.</summary>
    Multiclass,
}
