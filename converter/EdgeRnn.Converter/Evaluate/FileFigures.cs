namespace EdgeRnn.Converter.Evaluate;

/// <summary>The row-wise figures of one file.</summary>
/// <param name="Name">The file.</param>
/// <param name="Rows">Its counts.</param>
/// <param name="Auc">ROC-AUC of its scores; NaN where a class is empty.</param>
public sealed record FileFigures(string Name, Confusion Rows, double Auc);
