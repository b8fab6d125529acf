namespace UnitsNet;

public readonly struct ElectricPotential
{
    public double Volts => throw Contract.Body;
}
